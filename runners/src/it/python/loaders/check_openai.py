"""Checks exports for OpenAI's services by the rules of their documentation: no program of theirs reads files."""

import exports
from exports import same

# Keys that the services know; another one fails the upload.
MESSAGE = {"role", "content", "weight", "name", "tool_calls", "tool_call_id"}
EXAMPLE = {"messages", "tools", "parallel_tool_calls"}
MINIMUM = 10


def turns(listed, roles=("system", "developer", "user", "assistant", "tool")):
    assert listed, "a conversation is empty"
    for turn in listed:
        assert set(turn) <= MESSAGE, f"a turn has the keys {sorted(turn)}"
        assert turn["role"] in roles, f"a turn has the role {turn['role']!r}"
        same("type of the content", type(turn["content"]), str)
        assert turn["content"], "a turn says nothing"


def sft(export):
    for row in export.rows():
        assert set(row) <= EXAMPLE, f"an example has the keys {sorted(row)}"
        turns(row["messages"])
        same("role of the last turn", row["messages"][-1]["role"], "assistant")
    return counted(export, "supervised examples")


def preference(export):
    for row in export.rows():
        same("keys", sorted(row), ["input", "non_preferred_output", "preferred_output"])
        assert set(row["input"]) <= EXAMPLE, f"an input has the keys {sorted(row['input'])}"
        turns(row["input"]["messages"])
        same("role of the last turn", row["input"]["messages"][-1]["role"], "user")
        for side in ("preferred_output", "non_preferred_output"):
            turns(row[side], roles=("assistant", "tool"))
        assert row["preferred_output"] != row["non_preferred_output"], "a pair's sides are equal"
    return counted(export, "preference examples")


def rft(export):
    """A model answers the last turn; a grader reads the other keys as {{item.KEY}}."""
    for row in export.rows():
        turns(row["messages"])
        same("role of the last turn", row["messages"][-1]["role"], "user")
        same("type of reference_answer", type(row["reference_answer"]), str)
    return counted(export, f"reinforcement examples with {', '.join(key for key in row if key != 'messages')}")


def batch(export):
    seen = set()
    for file in export.files(".jsonl"):
        assert file["rows"] <= 50_000 and file["bytes"] <= 200_000_000, f"{file['path']} is over a batch's limit"
    for row in export.rows():
        same("keys", list(row), ["custom_id", "method", "url", "body"])
        same("method and url", [row["method"], row["url"]], ["POST", "/v1/chat/completions"])
        assert row["custom_id"] not in seen, f"the custom_id {row['custom_id']} stands twice"
        seen.add(row["custom_id"])
        assert row["body"]["model"], "a request names no model"
        turns(row["body"]["messages"])
        same("role of the last turn", row["body"]["messages"][-1]["role"], "user")
    return f"{len(seen)} requests, by the rules of the documentation"


def counted(export, what):
    rows = export.rows()
    few = "" if len(rows) >= MINIMUM else f"; a job needs {MINIMUM}"
    return f"{len(rows)} {what}, by the rules of the documentation{few}"


CHECKS = {"openai/sft": sft, "openai/preference": preference, "openai/rft": rft, "openai/batch": batch}

OVERLAYS = {}

if __name__ == "__main__":
    raise SystemExit(exports.main(CHECKS))
