#!/usr/bin/env bash
# How long reading, planning, filling in and linting take for each megabyte of a document. Arguments:
# shapes of documents by name (`all` for all, without any: a checklist), sizes in kB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. scripts/find-jdk.sh
find_jdk || exit 2
./mvnw -q -Dquick -Dmaven.test.skip=true package -pl bench -am
exec "$JAVA_HOME/bin/java" -Xmx3g -XX:+UseSerialGC -cp 'bench/target/classes:bench/target/lib/*' tminus.bench.ReadingBenchmark "$@"
