#!/usr/bin/env bash
# What a durable step costs, beside the floor and what others take. Arguments: rounds, and the address
# of a PostgreSQL server (postgresql://USER@HOST:PORT) whose user may make databases; without one, a
# server is started.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh
find_jdk || exit 2
./mvnw -q -Dquick -Dmaven.test.skip=true package -pl bench -am
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp "$(echo bench/target/bench-*.jar):bench/target/lib/*" \
  tminus.bench.StepsBenchmark "$@"
