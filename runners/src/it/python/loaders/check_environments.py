"""Takes exports of prompts through SkyRL's data set and through the NeMo Gym tasks of verifiers."""

import exports
import tokens
from exports import same


def skyrl(export):
    from skyrl.train.dataset import PromptDataset
    rows = export.rows()
    data = PromptDataset(export.paths(".parquet"), tokens.tokenizer(), tokens.UNLIMITED, num_workers=1)
    same("number of rows", len(data), len(rows))
    for number, row in enumerate(rows):
        prompt, environment, extras, _ = data[number]
        same("role of a prompt's last turn", row["prompt"][-1]["role"], "user")
        same("prompt", prompt, row["prompt"])
        same("env_class", environment, row["env_class"])
        same("extras", extras, {name: value for name, value in row.items() if name not in ("prompt", "env_class")})
        same("type of the ground truth", type(extras["reward_spec"]["ground_truth"]), str)
        traced = extras | extras["extra_info"]
        assert traced["problem_id"] and traced["run"], "the environment gets no id"
    return f"{len(rows)} rows through PromptDataset; the environment gets {', '.join(extras)}"


def verifiers(export):
    """The tasks that prime-rl trains on; they send the whole row to /seed_session and /verify."""
    from verifiers.v1.tasksets.nemo_gym import NeMoGymConfig, NeMoGymTaskset
    rows = export.rows()
    tasks = [task for path in export.paths(".jsonl") for task in NeMoGymTaskset(NeMoGymConfig(dataset=path)).load()]
    same("number of tasks", len(tasks), len(rows))
    for task, row in zip(tasks, rows):
        asked = row["responses_create_params"]["input"]
        same("role of a prompt's last turn", asked[-1]["role"], "user")
        same("prompt", [{"role": turn.role, "content": content(turn.content)} for turn in task.data.prompt], asked)
        same("row for the server", task.data.row, row)
        assert row["problem_id"] and row["run"], "a row lacks an id"
    return f"{len(rows)} tasks of verifiers, with {', '.join(name for name in row if name != 'responses_create_params')}"


def content(parts):
    return parts if isinstance(parts, str) else "".join(part.text for part in parts)


def nemo_rl(export):
    """Rebuilt from nemo_rl/data/datasets/response_datasets/nemogym_dataset.py: lines, parsed later or at once."""
    import json

    from datasets import Dataset
    rows = export.rows()
    lines = [line for path in export.paths(".jsonl") for line in open(path, encoding="utf-8")]
    same("number of lines", len(lines), len(rows))
    same("lines, parsed", [json.loads(line) for line in Dataset.from_dict({"extra_env_info": lines})["extra_env_info"]], rows)
    # Earlier releases make a table of the rows: its types must agree, and a key that a row lacks must not appear.
    same("rows as a table", Dataset.from_dict({"extra_env_info": rows})["extra_env_info"][:], rows)
    for row in rows:
        same("type of the parameters", type(row["responses_create_params"]), dict)
        for turn in row["responses_create_params"]["input"]:
            same("keys of a turn", sorted(turn), ["content", "role"])
    return f"{len(rows)} rows in a rebuilt checker of NeMo-RL's NemoGymDataset"


def nemo_gym(export):
    return f"{verifiers(export)}; {nemo_rl(export)}"


CHECKS = {"skyrl/rl": skyrl, "nemo-gym/rl": nemo_gym}

OVERLAYS = {"skyrl/rl": ["skyrl"], "nemo-gym/rl": ["verifiers"]}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
