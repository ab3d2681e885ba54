"""transformers' generate as a piece of work that peers measure."""

import peer  # noqa: F401  before torch, since it says how threads wait
import torch
from transformers import AutoModelForCausalLM, GenerationConfig


def prepare(folder, ids, tokens, dtype, threads, static, compiled):
    """Work that continues rows of token ids by exactly so many tokens each."""
    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype), attn_implementation="sdpa").eval()
    model.generation_config = GenerationConfig(
        do_sample=True, temperature=1.0, top_k=0, top_p=1.0, max_new_tokens=tokens,
        eos_token_id=None, pad_token_id=0, disable_compile=True,
        cache_implementation="static" if static else None)
    if compiled:
        model.forward = torch.compile(model.forward, dynamic=False)
    mask = torch.ones_like(ids)

    def work():
        torch.set_num_threads(threads)
        with torch.inference_mode():
            out = model.generate(ids, attention_mask=mask)
        assert out.shape == (ids.shape[0], ids.shape[1] + tokens)

    return work
