#!/usr/bin/env bash
# The built-in proxy against HAProxy. Arguments: rounds, seconds a round, connections.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh
find_jdk || exit 2
PATH="$PATH:/usr/sbin"
for tool in haproxy nginx wrk; do
  command -v "$tool" >/dev/null || {
    echo "bench: $tool is not installed - apt-get install haproxy nginx-light wrk" >&2
    exit 2
  }
done
./mvnw -q -Dquick -Dmaven.test.skip=true package -pl bench -am
exec "$JAVA_HOME/bin/java" -cp 'bench/target/classes:bench/target/lib/*' tminus.bench.ProxyBenchmark "$@"
