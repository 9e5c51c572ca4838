#!/bin/sh
# The built-in proxy against HAProxy. Arguments: rounds, seconds a round, connections.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin"
for tool in haproxy nginx wrk; do
  command -v "$tool" >/dev/null || {
    echo "bench: $tool is not installed - apt-get install haproxy nginx-light wrk" >&2
    exit 2
  }
done
mvn -q -Dquick -DskipTests package -pl bench -am
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp 'bench/target/classes:bench/target/lib/*' tminus.bench.ProxyBenchmark "$@"
