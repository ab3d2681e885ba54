#!/usr/bin/env bash
# The example plugin, built as a third party builds it: against installed jars, and run from its jar.
#   ./dev plugin
# WORK: where the workspace goes (default: a new temporary folder).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.."
work=${WORK:-$(mktemp -d)}
rm -rf "$work/workspace" "$work/questions"
mkdir -p "$work"
./sluice --version >/dev/null
export SLUICE_NO_BUILD=1
echo "Installing Sluice's jars, and building examples/plugin against them"
mvn -B -ntp -q install -Dmaven.test.skip=true -Dspotless.check.skip=true
mvn -B -ntp -q -f examples/plugin/pom.xml package
export SLUICE_CLASSPATH=$PWD/examples/plugin/target/sluice-plugin-example.jar
file=examples/plugin/pipeline.yaml
expect() {
  grep -q -- "$2" "$1" || { echo "FAILED: $1 has no '$2'"; cat "$1"; exit 1; }
}
./sluice validate "$file"
./sluice methods brevity >"$work/methods.txt"
expect "$work/methods.txt" 'min(1, most / steps)'
./sluice run "$file" --workspace "$work/workspace" --quiet >"$work/run.log" 2>&1 || { cat "$work/run.log"; exit 1; }
run=$(basename "$work"/workspace/runs/*)
./sluice inspect "$run/grpo" --workspace "$work/workspace" --table rollouts --rows 1 --json >"$work/rollout.json"
expect "$work/rollout.json" '"brevity"'
expect "$work/rollout.json" '"outcome":1'
./sluice inspect "$run/labels" --workspace "$work/workspace" --rows 1 --json >"$work/label.json"
expect "$work/label.json" '"veto"'
./sluice inspect "$run/problems" --workspace "$work/workspace" --rows 1 --json >"$work/problem.json"
expect "$work/problem.json" '10+1-2'
./sluice prompts show terse >"$work/terse.yaml"
expect "$work/terse.yaml" 'Write y or n'
./sluice export --list >"$work/formats.txt"
expect "$work/formats.txt" 'example/questions'
./sluice export --format example/questions --out "$work/questions" --workspace "$work/workspace" >>"$work/run.log"
[ "$(cat "$work"/questions/data/*.jsonl | wc -l)" = 8 ] || { echo "FAILED: not 8 questions in $work/questions"; exit 1; }
./sluice plan "$file" --workspace "$work/workspace" >"$work/plan.txt"
expect "$work/plan.txt" 'nothing changed'
# Without the jar the words are unknown, and the file says where.
if SLUICE_CLASSPATH='' ./sluice validate "$file" >"$work/without.txt" 2>&1; then
  echo "FAILED: the file is good without the plugin"; exit 1
fi
expect "$work/without.txt" "is the text 'brevity'"
expect "$work/without.txt" "is the text 'parrot'"
expect "$work/without.txt" "is the text 'ladder'"
expect "$work/without.txt" "is the text 'veto'"
expect "$work/without.txt" "'terse'"
echo "a reward, a provider, a label estimator, a problem source, a prompt and an exporter of examples/plugin: validated, run, exported, reused"
