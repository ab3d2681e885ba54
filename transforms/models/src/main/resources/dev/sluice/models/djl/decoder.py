class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  layers : int
  heads : int
  key_value_heads : int
  head_dim : int
  epsilon : float

  # TorchScript, as PyTorch stores it: the whole computation of a Llama decoder in one native call.
  # B rows, L tokens, T places in the cache, H hidden, D head dim, A heads, K key and value heads.
  # Weights: embedding [V, H], output [V, H], norm [H], then for each layer attention norm [H],
  # query-key-value [(A + 2 K) D, H], attention output [H, A D], feed-forward norm [H],
  # gate-up [2 I, H], down [H, I]. A bias of the output may stand at the end.

  def norm(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    return torch.rms_norm(x, [torch.size(x, -1)], weight, self.epsilon)

  # Rotary positions, halves rotated (Su et al. 2021, in the convention of Hugging Face).
  def rotate(self: __torch__.Decoder, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    halves = torch.chunk(x, 2, -1)
    turned = torch.cat([torch.neg(halves[1]), halves[0]], -1)
    return torch.add(torch.mul(x, cosine), torch.mul(turned, sine))

  def feed_forward(self: __torch__.Decoder, x: Tensor, weights: List[Tensor], first: int) -> Tensor:
    normed = self.norm(x, weights[first + 3])
    halves = torch.chunk(torch.linear(normed, weights[first + 4]), 2, -1)
    inner = torch.mul(torch.silu(halves[0]), halves[1])
    return torch.add(x, torch.linear(inner, weights[first + 5]))

  def share(self: __torch__.Decoder, x: Tensor) -> Tensor:
    if self.heads == self.key_value_heads:
      return x
    return torch.repeat_interleave(x, self.heads // self.key_value_heads, 1)

  # Causal attention over whole rows. Returns the residual stream [B, L, H], keys and values [B, K, L, D].
  def whole(self: __torch__.Decoder, x: Tensor, weights: List[Tensor], first: int, cosine: Tensor, sine: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    rows = torch.size(x, 0)
    length = torch.size(x, 1)
    joint = torch.linear(self.norm(x, weights[first]), weights[first + 1])
    split = torch.transpose(torch.view(joint, [rows, length, -1, self.head_dim]), 1, 2)
    turned = self.rotate(torch.narrow(split, 1, 0, self.heads + self.key_value_heads), cosine, sine)
    query = torch.narrow(turned, 1, 0, self.heads)
    key = torch.narrow(turned, 1, self.heads, self.key_value_heads)
    value = torch.narrow(split, 1, self.heads + self.key_value_heads, self.key_value_heads)
    mixed = torch.scaled_dot_product_attention(query, self.share(key), self.share(value), None, 0.0, True)
    flat = torch.reshape(torch.transpose(mixed, 1, 2), [rows, length, -1])
    out = torch.add(x, torch.linear(flat, weights[first + 2]))
    return (self.feed_forward(out, weights, first), key, value)

  # The last hidden states [B * L, H] of tokens [B, L].
  def hidden(self: __torch__.Decoder, tokens: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    tables = torch.chunk(torch.narrow(rotary, 0, 0, torch.size(tokens, 1)), 2, -1)
    x = torch.embedding(weights[0], tokens)
    for layer in range(self.layers):
      x, key, value = self.whole(x, weights, 3 + 6 * layer, tables[0], tables[1])
    return torch.flatten(self.norm(x, weights[2]), 0, 1)

  def output(self: __torch__.Decoder, x: Tensor, weights: List[Tensor]) -> Tensor:
    bias = annotate(Optional[Tensor], None)
    if torch.len(weights) > 3 + 6 * self.layers:
      bias = weights[3 + 6 * self.layers]
    return torch.linear(x, weights[1], bias)

  # Logits [N, V] at the flat places [N] of tokens [B, L].
  def logits(self: __torch__.Decoder, tokens: Tensor, places: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    return self.output(torch.embedding(self.hidden(tokens, rotary, weights), places), weights)

  # Log-probabilities [N] of the targets [N] at the flat places [N] of tokens [B, L].
  def logprobs(self: __torch__.Decoder, tokens: Tensor, places: Tensor, targets: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    logits = self.logits(tokens, places, rotary, weights)
    return torch.squeeze(torch.gather(torch.log_softmax(logits, -1), 1, torch.unsqueeze(targets, 1)), 1)

  # Works through prompts [B, L] and writes the keys and values of prompt sources[i] into row
  # rows[i] of the cache [layers, 2, rows, K, T, D]. Returns logits [N, V] at the flat places [N].
  def prefill(self: __torch__.Decoder, tokens: Tensor, places: Tensor, sources: Tensor, rows: Tensor, cache: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    length = torch.size(tokens, 1)
    tables = torch.chunk(torch.narrow(rotary, 0, 0, length), 2, -1)
    x = torch.embedding(weights[0], tokens)
    for layer in range(self.layers):
      x, key, value = self.whole(x, weights, 3 + 6 * layer, tables[0], tables[1])
      store = torch.narrow(torch.select(cache, 0, layer), 3, 0, length)
      index = annotate(List[Optional[Tensor]], [rows])
      torch.index_put_(torch.select(store, 0, 0), index, torch.index_select(key, 0, sources))
      torch.index_put_(torch.select(store, 0, 1), index, torch.index_select(value, 0, sources))
    last = torch.embedding(torch.flatten(self.norm(x, weights[2]), 0, 1), places)
    return self.output(last, weights)

  # Copies rows of the cache: those that are left move together.
  def move(self: __torch__.Decoder, cache: Tensor, sources: Tensor, rows: Tensor) -> Tensor:
    return torch.index_copy_(cache, 2, rows, torch.index_select(cache, 2, sources))

  # One token [B] for each row of the cache at its position [B]; mask [B, 1, 1, T'] is added to
  # the scores of the first T' places. Returns logits [B, V].
  def step(self: __torch__.Decoder, tokens: Tensor, positions: Tensor, rows: Tensor, mask: Tensor, cache: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    batch = torch.size(tokens, 0)
    length = torch.size(mask, 3)
    tables = torch.chunk(torch.unsqueeze(torch.embedding(rotary, positions), 1), 2, -1)
    index = annotate(List[Optional[Tensor]], [rows, None, positions])
    x = torch.embedding(weights[0], tokens)
    for layer in range(self.layers):
      first = 3 + 6 * layer
      joint = torch.linear(self.norm(x, weights[first]), weights[first + 1])
      split = torch.view(joint, [batch, -1, self.head_dim])
      turned = self.rotate(torch.narrow(split, 1, 0, self.heads + self.key_value_heads), tables[0], tables[1])
      keys = torch.select(torch.select(cache, 0, layer), 0, 0)
      values = torch.select(torch.select(cache, 0, layer), 0, 1)
      torch.index_put_(keys, index, torch.narrow(turned, 1, self.heads, self.key_value_heads))
      torch.index_put_(values, index, torch.narrow(split, 1, self.heads + self.key_value_heads, self.key_value_heads))
      query = torch.unsqueeze(torch.narrow(turned, 1, 0, self.heads), 2)
      key = self.share(torch.narrow(torch.narrow(keys, 0, 0, batch), 2, 0, length))
      value = self.share(torch.narrow(torch.narrow(values, 0, 0, batch), 2, 0, length))
      mixed = torch.scaled_dot_product_attention(query, key, value, mask)
      out = torch.add(x, torch.linear(torch.reshape(mixed, [batch, -1]), weights[first + 2]))
      x = self.feed_forward(out, weights, first)
    return self.output(self.norm(x, weights[2]), weights)
