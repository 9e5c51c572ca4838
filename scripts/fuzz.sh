#!/usr/bin/env bash
# Looks for inputs that break a promise: scripts/fuzz.sh TARGET SECONDS, for example scripts/fuzz.sh
# reading 600. Without arguments it names the targets. Needs the network for its first build only.
#
# What is found goes into fuzz/target/findings/TARGET, and into the tests once it stands in the folder of
# the target's known inputs; what it learns about a target is kept in fuzz/target/corpus/TARGET.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# target | class and method
targets=(
  "reading     | tminus.fuzz.ReadingFuzzTest     | reading"
  "condition   | tminus.fuzz.ConditionFuzzTest   | condition"
  "expectation | tminus.fuzz.ExpectationFuzzTest | expectation"
  "event       | tminus.fuzz.EventFuzzTest       | event"
  "binding     | tminus.cli.BindingFuzzTest      | binding"
)

usage() {
  echo "usage: scripts/fuzz.sh TARGET SECONDS" >&2
  echo "targets: $(printf '%s\n' "${targets[@]}" | cut -d ' ' -f 1 | paste -s -d ' ' -)" >&2
  exit 2
}

[ $# -eq 2 ] || usage
class=
for entry in "${targets[@]}"; do
  IFS='|' read -r name target_class target_method <<<"${entry// /}"
  [ "$name" != "$1" ] || { class=$target_class && method=$target_method; }
done
[ -n "$class" ] || usage
case $2 in
  '' | *[!0-9]*) usage ;;
esac

. scripts/find-jdk.sh
find_jdk || exit 2
./mvnw -B -ntp -q -Dquick -DskipTests package -pl fuzz -am

known=$PWD/fuzz/src/test/resources/${class//.//}Inputs/$method
corpus=$PWD/fuzz/target/corpus/$1
findings=$PWD/fuzz/target/findings/$1
mkdir -p "$corpus" "$findings"

# From fuzz, as its tests run. Compared strings go into the inputs by themselves; words.dict has the
# others. Hooks that look for attacks say of a binding's own pattern that it is one.
cd fuzz
status=0
"$JAVA_HOME/bin/java" -Xmx1500m -Xss1m -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp "target/test-classes:target/lib/*" com.code_intelligence.jazzer.Jazzer \
  --target_class="$class" --target_method="$method" \
  '--instrumentation_includes=tminus.**:org.commonmark.**' \
  '--custom_hook_includes=tminus.**' '--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection' \
  -dict=src/test/resources/tminus/words.dict -artifact_prefix="$findings/" \
  -max_total_time="$2" -max_len=4000 -timeout=20 -rss_limit_mb=0 -print_final_stats=1 \
  "$corpus" "$known" || status=$?

if [ "$status" -ne 0 ]; then
  echo "fuzz: the input is in $findings - mend what it breaks, and keep it in $known under a name that says what it is" >&2
fi
exit "$status"
