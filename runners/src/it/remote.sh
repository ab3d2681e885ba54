#!/usr/bin/env bash
# A workspace on an S3 server: Adobe's S3Mock (Apache-2.0, from Maven Central), in a temporary folder, on a free port of this machine.
#   remote.sh --short   the store's contract, and a run of one table beside a local one
#   remote.sh           and a run of all stages, killed with kill -9 and resumed by a machine without copies, and every command
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
short=
[ "${1:-}" != --short ] || short=1

folder=$(mktemp -d "${TMPDIR:-/tmp}/sluice-remote.XXXXXX")
server=
end() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap end EXIT

version=4.7.0
jar=runners/target/remote/s3mock-$version-exec.jar
if [ ! -f $jar ]; then
  echo "Fetching S3Mock from Maven Central (60 MB)" >&2
  mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=com.adobe.testing:s3mock:$version:jar:exec -DoutputDirectory=runners/target/remote
fi
./dev connector s3

for _ in 1 2 3 4 5; do
  port=$((20000 + RANDOM % 20000))
  COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS=sluice COM_ADOBE_TESTING_S3MOCK_STORE_ROOT=$folder/objects \
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx400m -jar $jar --com.adobe.testing.s3mock.httpPort=$port --server.port=0 >"$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 240); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break 2; fi
    kill -0 "$server" 2>/dev/null || break
    read -rt 0.5 <> <(:) || true
  done
  kill "$server" 2>/dev/null || true
  server=
done
[ -n "$server" ] || { echo "S3Mock did not start; the end of its log:" >&2; tail -5 "$folder/server.log" >&2; exit 1; }

export AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_REGION=us-east-1
export SLUICE_BEAM_OPTIONS="--endpoint=http://127.0.0.1:$port" SLUICE_CACHE=$folder/here SLUICE_LEDGER=
remote=s3://sluice/work

say() { echo "== $*"; }
fail() {
  echo "FAILED: $*" >&2
  exit 1
}
same() { [ "$2" = "$3" ] || fail "$1: '$2' here, '$3' there"; }

say "the contract of a workspace"
jars=$(find "$PWD/runners/target/connectors/s3" -name '*.jar' | paste -sd, -)
mvn -B -ntp -q -pl pipelines -am test -Dtest=S3WorkspaceIT -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip=true \
  -Dsluice.remote=s3://sluice -Dmaven.test.additionalClasspath="$jars" || fail "the contract"
grep -hoE 'tests="[0-9]+"' pipelines/target/surefire-reports/TEST-*S3WorkspaceIT.xml

file=runners/src/it/chaos.yaml
if [ -n "$short" ]; then only=(--until labels); else only=(); fi

say "the same rows as on this machine"
SLUICE_BEAM_OPTIONS='' ./sluice run $file "${only[@]}" --workspace "$folder/local" --quiet >"$folder/local.log" 2>&1 || { cat "$folder/local.log"; fail "the local run"; }
expected=$(./sluice digest "$(./sluice runs --json --workspace "$folder/local" | grep -oE '[0-9]{8}-[0-9]{6}-[0-9a-f]+' | tail -1)" --workspace "$folder/local")
begun=$SECONDS
if [ -z "$short" ]; then
  say "killed with kill -9 while it works"
  for after in 14 22 30 36 42 48; do
    ./sluice run $file --workspace $remote --quiet >"$folder/killed.log" 2>&1 &
    run=$!
    for _ in $(seq "$after"); do
      read -rt 1 <> <(:) || true
      kill -0 $run 2>/dev/null || break
    done
    kill -9 $run 2>/dev/null && echo "killed after $after s" || echo "done before $after s"
    wait $run 2>/dev/null || true
  done
  say "resumed by a machine that has no copies"
  export SLUICE_CACHE=$folder/there
  ./sluice resume --workspace $remote --quiet >"$folder/remote.log" 2>&1 || { cat "$folder/remote.log"; fail "the resumed run"; }
else
  ./sluice run $file "${only[@]}" --workspace $remote --quiet >"$folder/remote.log" 2>&1 || { cat "$folder/remote.log"; fail "the run"; }
fi
echo "took $((SECONDS - begun)) s"
id=$(./sluice runs --json --workspace $remote | grep -oE '[0-9]{8}-[0-9]{6}-[0-9a-f]+' | tail -1)
same "digest" "$expected" "$(./sluice digest "$id" --workspace $remote)"
[ "$(./sluice verify --workspace $remote | grep -c 'all whole')" = 1 ] || fail "verify"
[ ! -e "$PWD/s3:" ] || fail "a folder was made of an address"
if [ -n "$short" ]; then
  say "all well"
  exit 0
fi

say "two processes at once, and a request to stop"
run_of() { ./sluice run $file --until labels --set seed=8 --workspace $remote --quiet; }
run_of >"$folder/one.log" 2>&1 &
one=$!
run_of >"$folder/two.log" 2>&1 || { cat "$folder/two.log"; fail "the second of two runs"; }
wait $one || { cat "$folder/one.log"; fail "the first of two runs"; }
ids=$(./sluice runs --json --workspace $remote | grep -oE '[0-9]{8}-[0-9]{6}-[0-9a-f]+' | tail -2)
same "digests of two runs at once" "$(./sluice digest "$(head -1 <<<"$ids")" --workspace $remote)" "$(./sluice digest "$(tail -1 <<<"$ids")" --workspace $remote)"
./sluice run $file --set seed=9 --workspace $remote --quiet >"$folder/stopped.log" 2>&1 &
stopped=$!
read -rt 15 <> <(:) || true
SLUICE_CACHE=$folder/elsewhere ./sluice stop --workspace $remote >/dev/null || fail "stop from another machine"
code=0
wait $stopped || code=$?
same "exit code of the stopped run" 3 $code
./sluice status --workspace $remote | grep -cE "interrupted|stopped" >/dev/null || fail "status of the stopped run"

say "the other commands"
# grep reads to the end, so that a command is never stopped for writing to nobody.
holds() { grep -cE "$1" >/dev/null || fail "$2"; }
./sluice plan $file --workspace $remote | tee "$folder/plan" | holds reuse "plan finds nothing"
if grep -qE ' (run|resume) ' "$folder/plan"; then cat "$folder/plan"; fail "plan wants to work again"; fi
./sluice status "$id" --workspace $remote | holds "succeeded" status
./sluice status "$id" --json --workspace $remote | holds "\"artifact\":\"$remote/artifacts/" "status names no address"
./sluice inspect "$id/votes" --workspace $remote >"$folder/inspect" || fail inspect
artifact=$(awk '$1 == "artifact" {print $2}' "$folder/inspect")
[ -n "$artifact" ] || fail "inspect names no artifact"
same "digest of an address" "$(./sluice digest "$id/votes" --workspace $remote)" "$(./sluice digest "$artifact")"
row=$(./sluice inspect "$id/votes" --rows 1 --json --workspace $remote | grep -oE '"verification_id":"[^"]+"' | head -1 | cut -d'"' -f4)
./sluice lineage "$id/votes" "$row" --workspace $remote | holds problems lineage
for format in trl/sft trl/stepwise models; do
  ./sluice export "$id" --format $format --out "$folder/export-$format" --workspace $remote >/dev/null || fail "export $format"
done
./sluice notebook "$id" --out "$folder/run.ipynb" --workspace $remote >/dev/null || fail notebook
./sluice ledger rebuild --workspace $remote | holds artifacts ledger

say "damage is found, set aside and mended"
votes=$(dirname "${artifact#s3://sluice/}")
shard=$(dirname "$(grep -rlE --include=objectMetadata.json "\"key\" *: *\"$votes/[^\"]*-verifications.parquet\"" "$folder/objects" | head -1)")/binaryData
printf 'X' | dd of="$shard" bs=1 seek=100 conv=notrunc status=none
if ./sluice verify --workspace $remote >"$folder/verify"; then fail "verify did not find the damage"; fi
./sluice verify --repair --workspace $remote | holds "set aside" repair
./sluice run $file --workspace $remote --quiet >"$folder/mended.log" 2>&1 || { cat "$folder/mended.log"; fail "the run that mends"; }
mended=$(./sluice runs --json --workspace $remote | grep -oE '[0-9]{8}-[0-9]{6}-[0-9a-f]+' | tail -1)
same "digest after damage" "$expected" "$(./sluice digest "$mended" --workspace $remote)"

say "what nobody needs is removed"
./sluice gc --dry-run --keep-runs 1 --workspace $remote
./sluice gc --keep-runs 1 --workspace $remote
# What is younger than ten minutes stays, the attempt that lost a file too.
./sluice verify "$mended/votes" --workspace $remote | holds "all whole" "verify after gc"
same "digest after gc" "$expected" "$(./sluice digest "$mended" --workspace $remote)"

say "what cannot be a workspace is said in a sentence"
refused() {
  local code=0
  ./sluice plan $file --workspace "$1" >"$folder/refused" 2>&1 || code=$?
  same "exit code for $1" 2 $code
  same "lines for $1" 1 "$(wc -l <"$folder/refused")"
  holds "$2" "the sentence for $1" <"$folder/refused"
}
refused s3://nobody/work "bucket does not exist"
refused nowhere://sluice/work "no connector for 'nowhere'"
AWS_REGION='' refused s3://sluice/work "cannot be used"
say "all well"
