#!/usr/bin/env bash
# A thousand runs that wait: what a server of 512 MB takes while they do. Arguments: runs, and the address of a
# PostgreSQL database to use in place of a SQLite file (it is written to, and not cleaned up).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh
find_jdk || exit 2
runs=${1:-1000}
work=$(mktemp -d)
store=${2:-$work/store}
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait; rm -rf "$work"' EXIT
./mvnw -q -Dquick -Dmaven.test.skip=true package -pl bench,cli -am
cp examples/shop/PRODUCTION_DEPLOYMENT.md "$work/checklist.md"

"$JAVA_HOME/bin/java" -Xmx512m -XX:MaxDirectMemorySize=64m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp 'cli/target/tminus/lib/*' tminus.cli.Main serve --store "$store" >"$work/log" 2>&1 &
server=$!
"$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp 'bench/target/classes:bench/target/lib/*' \
  tminus.bench.WaitingRuns "$runs" "$store" "$work/checklist.md"

threads() { ls "/proc/$server/task" | wc -l; }
# Ticks of a hundredth of a second, in user and system mode.
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }
memory() { awk '/^VmRSS/ { printf "%d MB", $2 / 1024 }' "/proc/$server/status"; }

sleep 15 # what was begun ends, and idle threads go
before=$(ticks)
sleep 30
after=$(ticks)
"$JAVA_HOME/bin/jcmd" "$server" GC.run >/dev/null
printf 'resident %s, heap in use %s, threads %s, processor %s %% of one core\n' "$(memory)" \
  "$("$JAVA_HOME/bin/jcmd" "$server" GC.heap_info | awk '/total.*used/ { sub(/K,?/, "", $5); sum += $5 } END { printf "%d MB", sum / 1024 }')" \
  "$(threads)" "$(awk "BEGIN { print ($after - $before) / 30 }")"
