#!/usr/bin/env bash
# The journal: what a step costs, and how long a long one takes to read back. Arguments: steps, and the
# address of a PostgreSQL database to measure besides SQLite (it is written to, and not cleaned up).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh
find_jdk || exit 2
./mvnw -q -Dquick -Dmaven.test.skip=true package -pl bench -am
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -cp 'bench/target/classes:bench/target/lib/*' \
  tminus.bench.JournalBenchmark "$@"
