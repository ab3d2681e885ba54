"""Steps of training as a piece of work that peers measure."""

import torch


def work(forward, batches, trained, optimizer, threads):
    """Work that takes one step for each batch: every token but the first is predicted."""

    def steps():
        torch.set_num_threads(threads)
        for tokens in batches:
            logits = forward(input_ids=tokens).logits[:, :-1]
            loss = torch.nn.functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), tokens[:, 1:].reshape(-1))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()

    return steps
