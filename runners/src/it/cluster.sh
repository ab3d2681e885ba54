#!/usr/bin/env bash
# Tries the quickstart up to its policy, made small, on a real Flink cluster of two TaskManagers on this machine, and prints figures.
#   ./dev cluster [CASE...]    cases: same, killed, stages, stop, orphan, bad, memory, plugin (default: all)
# Needs about 5 GB of memory. WORK: where workspaces go (default: a new temporary folder).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
here=$PWD
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
export FLINK_REST_PORT=${FLINK_REST_PORT:-18081} FLINK_RPC_PORT=${FLINK_RPC_PORT:-16123} FLINK_TM_MB=${FLINK_TM_MB:-1600}
export FLINK_EXTRA_CLASSPATH="$here/runners/target/cluster-lib/*"
export FLINK_JVM_OPTS="-Dai.djl.offline=true -DOPT_OUT_TRACKING=true"
master=127.0.0.1:$FLINK_REST_PORT
flink=runners/src/it/flink-cluster.sh
t=pipeline.transforms
file=configs/quickstart.yaml
small=(--set $t.problems.config.source.count=48 --set $t.problems.config.shard_problems=8
  --set $t.reward.config.steps=10 --set $t.rl_problems.config.source.count=64 --set $t.dev_problems.config.source.count=32
  --set $t.grpo.config.rounds=3 --set $t.grpo.config.problems_per_round=32 --set $t.grpo.config.dev.every=2)

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }
sluice() { SLUICE_NO_BUILD=1 ./sluice "$@"; }
# The digests of a run's stages, in order.
digests() { # workspace, then the run's report
  python3 - "$2" <<'PY'
import json, sys
for stage in json.load(open(sys.argv[1]))["stages"]:
    print(stage["name"], stage["artifact"])
PY
}
table() { while read -r name place; do printf '%s %s\n' "$name" "$(sluice digest "$place" --json | python3 -c 'import json,sys; print(json.load(sys.stdin)["digest"])')"; done < <(digests "$1" "$2"); }
start() { $flink start 2 1 >/dev/null; }
# Waits until a run of a workspace has a job at work and some unit of a stage is done.
until_stage() { # workspace, stage
  for ((i = 0; i < 1200; i++)); do
    if compgen -G "$1/runs/*/progress/$2/*/*.json" >/dev/null && grep -qhE '"units_done" : [1-9]' "$1"/runs/*/progress/"$2"/*/*.json 2>/dev/null; then return; fi
    sleep 0.1
  done
  fail "no unit of $2 was done within two minutes"
}
jobs_at_work() { curl -fs "http://$master/jobs/overview" | python3 -c 'import json,sys; print(sum(j["state"] not in ("FINISHED","CANCELED","FAILED") for j in json.load(sys.stdin)["jobs"]))'; }
newest() { ls "$1/runs" | tail -1; }

embedded() {
  [ -f "$work/embedded.digests" ] && return
  local begin=$SECONDS
  sluice run $file "${small[@]}" --until grpo --workspace "$work/embedded" --json --quiet >"$work/embedded.json" || fail "the embedded run"
  table "$work/embedded" "$work/embedded.json" >"$work/embedded.digests"
  say "embedded: $(wc -l <"$work/embedded.digests") stages in $((SECONDS - begin)) s"
}
equal() { # name of the case
  table "$work/$1" "$work/$1.json" >"$work/$1.digests"
  diff "$work/embedded.digests" "$work/$1.digests" || fail "$1: digests differ from the embedded run's"
}
on_cluster() { # name, more options
  local name=$1; shift
  sluice run $file "${small[@]}" --until grpo --workspace "$work/$name" --flink-master $master --json "$@" >"$work/$name.json" 2>"$work/$name.err"
}

case_same() {
  local begin=$SECONDS
  on_cluster same || { tail -5 "$work/same.err"; fail "the run on the cluster"; }
  equal same
  say "same: as embedded, on two TaskManagers, in $((SECONDS - begin)) s; $(grep -c shards "$work/same.err" || true) lines of progress"
  grep -E 'shards .*rows/s' "$work/same.err" | head -3 || true
}
case_killed() {
  local begin=$SECONDS
  on_cluster killed & local client=$!
  until_stage "$work/killed" votes
  $flink kill-taskmanager 1
  say "killed: a TaskManager in the middle of the votes"
  $flink add-taskmanager
  wait $client || { tail -5 "$work/killed.err"; fail "the run did not go on"; }
  equal killed
  say "killed: went on by itself, same digests, in $((SECONDS - begin)) s"
}
# Waits until some unit of a stage is at work.
until_work() { # workspace, stage
  for ((i = 0; i < 3000; i++)); do
    if compgen -G "$1/runs/*/progress/$2/*/*.json" >/dev/null; then return; fi
    sleep 0.1
  done
  fail "no unit of $2 was begun within five minutes"
}
# All stage types, each TaskManager killed in turn: while rows are made, inside training, between rounds.
case_stages() {
  local begin=$SECONDS kills=0 all=runners/src/it/chaos.yaml alone=stages-embedded
  sluice run $all --workspace "$work/$alone" --json --quiet >"$work/$alone.json" || fail "the embedded run of all stages"
  table "$work/$alone" "$work/$alone.json" >"$work/$alone.digests"
  sluice run $all --workspace "$work/stages" --flink-master $master --json >"$work/stages.json" 2>"$work/stages.err" & local client=$!
  for stage in solutions votes tuned reward grpo report; do
    until_work "$work/stages" $stage
    sleep 0.$((RANDOM % 10))
    kill -0 $client 2>/dev/null || fail "the run ended before $stage: $(tail -3 "$work/stages.err")"
    $flink kill-taskmanager $((kills % 2 + 1))
    kills=$((kills + 1))
    say "stages: TaskManager killed in $stage"
    $flink add-taskmanager
  done
  wait $client || { tail -5 "$work/stages.err"; fail "the run of all stages did not go on"; }
  table "$work/stages" "$work/stages.json" >"$work/stages.digests"
  diff "$work/$alone.digests" "$work/stages.digests" || fail "stages: digests differ from the embedded run's"
  sluice verify --workspace "$work/stages" | tail -1
  say "stages: $kills kills, went on by itself, $(wc -l <"$work/stages.digests") digests equal, in $((SECONDS - begin)) s"
}
case_stop() {
  on_cluster stop & local client=$!
  until_stage "$work/stop" votes
  sluice stop --workspace "$work/stop"
  local code=0; wait $client || code=$?
  [ $code = 3 ] || fail "a stopped run ends with 3, not $code"
  [ "$(jobs_at_work)" = 0 ] || fail "a job is still at work after the stop"
  sluice status --workspace "$work/stop" | grep -E 'votes' || true
  on_cluster stop || fail "the resumed run"
  equal stop
  say "stop: drained, resumed, same digests"
}
case_orphan() {
  on_cluster orphan & local client=$!
  until_stage "$work/orphan" votes
  kill -9 "$(pgrep -P $client -f sluice-runners.jar || echo $client)" 2>/dev/null || true
  wait $client 2>/dev/null || true
  say "orphan: the client is killed; jobs at work: $(jobs_at_work)"
  sluice stop --workspace "$work/orphan"
  [ "$(jobs_at_work)" = 0 ] || fail "stop left the job at work"
  on_cluster orphan & client=$!
  until_stage "$work/orphan" grpo
  kill -9 "$(pgrep -P $client -f sluice-runners.jar || echo $client)" 2>/dev/null || true
  wait $client 2>/dev/null || true
  on_cluster orphan || { tail -5 "$work/orphan.err"; fail "the run after the orphan"; }
  grep -E 'left a job|at work on the same' "$work/orphan.err" || say "orphan: the second job had ended by itself"
  equal orphan
  say "orphan: cancelled by stop and by the next run, same digests"
}
case_bad() {
  local code=0
  sluice run $file --workspace "$work/bad" --flink-master 127.0.0.1:9 2>"$work/bad.err" || code=$?
  say "no cluster (exit $code): $(tail -1 "$work/bad.err")"
  [ -d "$work/bad/runs" ] && fail "a run was left behind" || true
  $flink stop
  FLINK_EXTRA_CLASSPATH='' $flink start 1 1 >/dev/null
  code=0
  sluice run $file --until problems --workspace "$work/bad" --flink-master $master --quiet >/dev/null 2>"$work/bad.err" || code=$?
  say "no jars (exit $code): $(head -1 "$work/bad.err")"
  $flink stop; start
}
case_memory() {
  $flink stop
  FLINK_TM_MB=20 start
  local code=0 big=3000000
  sluice run $file --until problems --set $t.problems.config.source.count=$big --set $t.problems.config.shard_problems=$big \
    --workspace "$work/memory" --flink-master $master --quiet >/dev/null 2>"$work/memory.err" || code=$?
  grep -q "unit '00000': the worker ran out of memory" "$work/memory.err" || fail "too little memory is not told: $(cat "$work/memory.err")"
  say "little memory (exit $code): $(grep 'ran out of memory' "$work/memory.err")"
  $flink stop; start
  on_cluster memory || { tail -3 "$work/memory.err"; fail "the next run in that workspace"; }
  equal memory
  say "memory: the next run in that workspace, same digests"
}
# A provider from a third party's jar answers on the TaskManagers, which do not have the jar themselves.
case_plugin() {
  local classes=$work/plugin-classes
  mkdir -p "$classes/META-INF/services"
  javac -d "$classes" -cp "runners/target/lib/*" runners/src/test/java/org/example/echo/*.java || fail "the plugin does not compile"
  echo org.example.echo.EchoPlugin >"$classes/META-INF/services/dev.sluice.parts.SluicePlugin"
  jar cf "$work/echo.jar" -C "$classes" .
  cat >"$work/echo.yaml" <<'YAML'
models:
  parrot: {provider: echo, before: "Hm: "}
pipeline:
  transforms:
    - {type: SynthesizeProblems, name: problems, config: {source: {kind: arithmetic, count: 32}, shard_problems: 4}}
    - {type: SampleSolutions, name: solutions, config: {model: parrot, samples: 2}}
YAML
  SLUICE_CLASSPATH=$work/echo.jar sluice run "$work/echo.yaml" --workspace "$work/plugin" --flink-master $master --json --quiet >"$work/plugin.json" 2>"$work/plugin.err" ||
    { tail -5 "$work/plugin.err"; fail "the run with a plugin"; }
  sluice inspect "$(newest "$work/plugin")/solutions" --workspace "$work/plugin" --json --rows 100 |
    python3 -c 'import json,sys; rows = json.load(sys.stdin)["rows"]; assert len(rows) == 64 and all(r["text"].startswith("Hm: ") for r in rows), rows[:2]' || fail "the plugin did not answer"
  say "plugin: 64 replies of a provider from echo.jar"
}

./sluice doctor >/dev/null 2>&1 || true
cases=("$@"); [ $# -gt 0 ] || cases=(same killed stages stop orphan bad memory plugin)
trap '$flink stop' EXIT
say "workspaces: $work"
case ${cases[*]} in stages | plugin) ;; *) embedded ;; esac
begin=$SECONDS; start; say "cluster: two TaskManagers in $((SECONDS - begin)) s"
for each in "${cases[@]}"; do "case_$each"; done
say "all cases: ${cases[*]}"
