class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  layers : int
  heads : int
  key_value_heads : int
  head_dim : int
  epsilon : float
  stride : int
  activation : int
  query_bias : int
  output_bias : int
  gate_bias : int
  down_bias : int
  query_norm : int
  key_norm : int
  attention_norm : int
  feed_forward_norm : int
  adapter : int
  shifted_norms : bool
  half : bool
  score_scale : float
  embedding_scale : float
  logit_cap : float
  window : int
  ropes : int
  windows : List[int]
  layer_ropes : List[int]

  # TorchScript, as PyTorch stores it: the whole computation of a decoder in one native call.
  # B rows, L tokens, T places in the cache, H hidden, D head dim, A heads, K key and value heads.
  # Weights: embedding [V, H], output [V, H], norm [H], then for each layer attention norm [H],
  # query-key-value [(A + 2 K) D, H], attention output [H, A D], feed-forward norm [H],
  # gate-up [2 I, H], down [H, I] and what the family has besides: each at its own place among the
  # "stride" weights of a layer, -1 if there is none. A bias of the output may stand at the end.
  # Rotary tables [places, ropes * 2 D]: cosines and sines of each kind of positions.
  # In training, adapters may stand beside the matrices: at "adapter" A [R, in] and B [out, R] of each.
  # Large matrices may be packed, and are then no longer made of rows: all but the embedding.
  # With "half", weights and activations are bfloat16, rounded where transformers rounds them.

  # The same numbers as bfloat16, of which the caller knows nothing.
  def brain(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return torch.to(x, 15)

  # Writes a piece [N] into the elements of an array from a place on.
  def put(self: __torch__.Decoder, target: Tensor, piece: Tensor, place: Tensor) -> Tensor:
    flat = torch.view(target, [-1])
    return torch.copy_(torch.narrow(flat, 0, int(place), torch.size(piece, 0)), piece)

  # As wide as activations are.
  def fitted(self: __torch__.Decoder, x: Tensor) -> Tensor:
    if self.half:
      return torch.to(x, 15)
    return x

  def norm(self: __torch__.Decoder, x: Tensor, weight: Tensor) -> Tensor:
    if self.shifted_norms:
      plain = torch.rms_norm(torch.to(x, 6), [torch.size(x, -1)], None, self.epsilon)
      shifted = torch.mul(plain, torch.add(torch.to(weight, 6), 1.))
      if self.half:
        shifted = torch.to(shifted, 15)
      return shifted
    if self.half:
      return torch.mul(torch.rms_norm(x, [torch.size(x, -1)], None, self.epsilon), weight)
    return torch.rms_norm(x, [torch.size(x, -1)], weight, self.epsilon)

  # A matrix in the layout that the processor multiplies by fastest.
  def pack(self: __torch__.Decoder, matrix: Tensor) -> Tensor:
    return ops.mkldnn._reorder_linear_weight(matrix, 8)

  def product(self: __torch__.Decoder, x: Tensor, matrix: Tensor, bias: Optional[Tensor]) -> Tensor:
    if ops.prim.is_mkldnn(matrix):
      return ops.mkldnn._linear_pointwise(x, matrix, bias, "none", annotate(List[Optional[number]], []), None)
    return torch.linear(x, matrix, bias)

  # The product of rows with a packed matrix, to see what this processor makes of it.
  def tried(self: __torch__.Decoder, rows: Tensor, matrix: Tensor) -> Tensor:
    return torch.to(self.product(self.fitted(rows), matrix, None), 6)

  def linear(self: __torch__.Decoder, x: Tensor, weights: List[Tensor], matrix: int, first: int, bias: int) -> Tensor:
    added = annotate(Optional[Tensor], None)
    if bias >= 0:
      added = weights[first + bias]
    out = self.product(x, weights[matrix], added)
    if self.adapter >= 0:
      # Matrices stand at 1, 2, 4 and 5 of a layer, their adapters one pair after the other.
      pair = matrix - first - 1 - (matrix - first) // 4
      place = first + self.adapter + 2 * pair
      out = torch.add(out, torch.linear(torch.linear(x, weights[place]), weights[place + 1]))
    return out

  def embed(self: __torch__.Decoder, tokens: Tensor, weights: List[Tensor]) -> Tensor:
    x = torch.embedding(weights[0], tokens)
    if self.embedding_scale != 1.:
      x = torch.mul(x, self.embedding_scale)
    return x

  # Rotary positions, halves rotated (Su et al. 2021, in the convention of Hugging Face).
  def rotate(self: __torch__.Decoder, x: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    halves = torch.chunk(x, 2, -1)
    turned = torch.cat([torch.neg(halves[1]), halves[0]], -1)
    return torch.add(torch.mul(x, cosine), torch.mul(turned, sine))

  # Queries and keys [B, A + K, ..., D] with their positions.
  def positioned(self: __torch__.Decoder, x: Tensor, weights: List[Tensor], first: int, cosine: Tensor, sine: Tensor) -> Tensor:
    if self.query_norm >= 0:
      query = self.norm(torch.narrow(x, 1, 0, self.heads), weights[first + self.query_norm])
      key = self.norm(torch.narrow(x, 1, self.heads, self.key_value_heads), weights[first + self.key_norm])
      return self.rotate(torch.cat([query, key], 1), cosine, sine)
    return self.rotate(x, cosine, sine)

  # Adds what attention mixed, then what the feed-forward layer makes of it.
  def finish(self: __torch__.Decoder, x: Tensor, mixed: Tensor, weights: List[Tensor], first: int) -> Tensor:
    added = self.linear(mixed, weights, first + 2, first, self.output_bias)
    if self.attention_norm >= 0:
      added = self.norm(added, weights[first + self.attention_norm])
    out = torch.add(x, added)
    normed = self.norm(out, weights[first + 3])
    halves = torch.chunk(self.linear(normed, weights, first + 4, first, self.gate_bias), 2, -1)
    if self.activation == 0:
      gate = torch.silu(halves[0])
    elif self.activation == 1:
      gate = torch.gelu(halves[0])
    elif self.activation == 2:
      gate = torch.gelu(halves[0], approximate="tanh")
    else:
      gate = torch.relu(halves[0])
    inner = self.linear(torch.mul(gate, halves[1]), weights, first + 5, first, self.down_bias)
    if self.feed_forward_norm >= 0:
      inner = self.norm(inner, weights[first + self.feed_forward_norm])
    return torch.add(out, inner)

  def share(self: __torch__.Decoder, x: Tensor) -> Tensor:
    if self.heads == self.key_value_heads:
      return x
    return torch.repeat_interleave(x, self.heads // self.key_value_heads, 1)

  # Which places [L, L] a place sees in layers with a window; none if the window holds all.
  def band(self: __torch__.Decoder, tokens: Tensor) -> Optional[Tensor]:
    length = torch.size(tokens, 1)
    if self.window == 0 or length <= self.window:
      return None
    ones = torch.ones([length, length], dtype=11, layout=None, device=ops.prim.device(tokens), pin_memory=False)
    return torch.triu(torch.tril(ones, 0), 1 - self.window)

  # Causal attention over whole rows. Returns the residual stream [B, L, H], keys and values [B, K, L, D].
  def whole(self: __torch__.Decoder, x: Tensor, weights: List[Tensor], layer: int, tables: List[Tensor], band: Optional[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    first = 3 + self.stride * layer
    kind = 2 * self.layer_ropes[layer]
    rows = torch.size(x, 0)
    length = torch.size(x, 1)
    joint = self.linear(self.norm(x, weights[first]), weights, first + 1, first, self.query_bias)
    split = torch.transpose(torch.view(joint, [rows, length, -1, self.head_dim]), 1, 2)
    turned = self.positioned(torch.narrow(split, 1, 0, self.heads + self.key_value_heads), weights, first, tables[kind], tables[kind + 1])
    query = torch.narrow(turned, 1, 0, self.heads)
    key = torch.narrow(turned, 1, self.heads, self.key_value_heads)
    value = torch.narrow(split, 1, self.heads + self.key_value_heads, self.key_value_heads)
    mask = annotate(Optional[Tensor], None)
    if self.windows[layer] > 0:
      mask = band
    mixed = torch.scaled_dot_product_attention(query, self.share(key), self.share(value), mask, 0., torch.__is__(mask, None), scale=self.score_scale)
    flat = torch.reshape(torch.transpose(mixed, 1, 2), [rows, length, -1])
    return (self.finish(x, flat, weights, first), key, value)

  # The last hidden states [B * L, H] of tokens [B, L].
  def hidden(self: __torch__.Decoder, tokens: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    tables = torch.chunk(self.fitted(torch.narrow(rotary, 0, 0, torch.size(tokens, 1))), 2 * self.ropes, -1)
    band = self.band(tokens)
    x = self.embed(tokens, weights)
    for layer in range(self.layers):
      x, key, value = self.whole(x, weights, layer, tables, band)
    return torch.flatten(self.norm(x, weights[2]), 0, 1)

  def output(self: __torch__.Decoder, x: Tensor, weights: List[Tensor]) -> Tensor:
    bias = annotate(Optional[Tensor], None)
    if torch.len(weights) > 3 + self.stride * self.layers:
      bias = weights[3 + self.stride * self.layers]
    logits = self.product(x, weights[1], bias)
    if self.logit_cap > 0.:
      logits = torch.mul(torch.tanh(torch.div(logits, self.logit_cap)), self.logit_cap)
    if self.half:
      logits = torch.to(logits, 6)
    return logits

  # Logits [N, V] at the flat places [N] of tokens [B, L].
  def logits(self: __torch__.Decoder, tokens: Tensor, places: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    return self.output(torch.embedding(self.hidden(tokens, rotary, weights), places), weights)

  def gathered(self: __torch__.Decoder, x: Tensor, targets: Tensor, divisor: Tensor, weights: List[Tensor]) -> Tensor:
    logits = self.output(x, weights)
    if torch.size(divisor, 0) > 0:
      logits = torch.div(logits, divisor)
    return torch.squeeze(torch.gather(torch.log_softmax(logits, -1), 1, torch.unsqueeze(targets, 1)), 1)

  # Log-probabilities [N] of the targets [N] at the flat places [N] of tokens [B, L]. Where all
  # logits together are large, part by part. The divisor of the logits is [1], or [0] for none.
  def logprobs(self: __torch__.Decoder, tokens: Tensor, places: Tensor, targets: Tensor, divisor: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    x = torch.embedding(self.hidden(tokens, rotary, weights), places)
    parts = torch.size(places, 0) * torch.size(weights[1], 0) // 67108864 + 1
    if parts == 1:
      return self.gathered(x, targets, divisor, weights)
    rows = torch.tensor_split(x, parts, 0)
    wanted = torch.tensor_split(targets, parts, 0)
    pieces = annotate(List[Tensor], [])
    for part in range(parts):
      piece = torch.append(pieces, self.gathered(rows[part], wanted[part], divisor, weights))
    return torch.cat(pieces, 0)

  # Works through prompts [B, L] and writes the keys and values of prompt sources[i] into row
  # rows[i] of the cache [layers, 2, rows, K, T, D]. Returns logits [N, V] at the flat places [N].
  def prefill(self: __torch__.Decoder, tokens: Tensor, places: Tensor, sources: Tensor, rows: Tensor, cache: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    length = torch.size(tokens, 1)
    tables = torch.chunk(self.fitted(torch.narrow(rotary, 0, 0, length)), 2 * self.ropes, -1)
    band = self.band(tokens)
    x = self.embed(tokens, weights)
    for layer in range(self.layers):
      x, key, value = self.whole(x, weights, layer, tables, band)
      store = torch.narrow(torch.select(cache, 0, layer), 3, 0, length)
      index = annotate(List[Optional[Tensor]], [rows])
      torch.index_put_(torch.select(store, 0, 0), index, torch.index_select(key, 0, sources))
      torch.index_put_(torch.select(store, 0, 1), index, torch.index_select(value, 0, sources))
    last = torch.embedding(torch.flatten(self.norm(x, weights[2]), 0, 1), places)
    return self.output(last, weights)

  # Copies rows of the cache: those that are left move together.
  def move(self: __torch__.Decoder, cache: Tensor, sources: Tensor, rows: Tensor) -> Tensor:
    return torch.index_copy_(cache, 2, rows, torch.index_select(cache, 2, sources))

  # One token [B] for each row of the cache at its position [B]; masks [B, 1, 1, T'] are added to
  # the scores of the first T' places: that of layers that see all, and that of those with a
  # window. Returns logits [B, V].
  def step(self: __torch__.Decoder, tokens: Tensor, positions: Tensor, rows: Tensor, mask: Tensor, narrow_mask: Tensor, cache: Tensor, rotary: Tensor, weights: List[Tensor]) -> Tensor:
    batch = torch.size(tokens, 0)
    length = torch.size(mask, 3)
    tables = torch.chunk(self.fitted(torch.unsqueeze(torch.embedding(rotary, positions), 1)), 2 * self.ropes, -1)
    wide_seen = self.fitted(mask)
    narrow_seen = self.fitted(narrow_mask)
    index = annotate(List[Optional[Tensor]], [rows, None, positions])
    x = self.embed(tokens, weights)
    for layer in range(self.layers):
      first = 3 + self.stride * layer
      kind = 2 * self.layer_ropes[layer]
      joint = self.linear(self.norm(x, weights[first]), weights, first + 1, first, self.query_bias)
      split = torch.view(joint, [batch, -1, self.head_dim])
      turned = self.positioned(torch.narrow(split, 1, 0, self.heads + self.key_value_heads), weights, first, tables[kind], tables[kind + 1])
      keys = torch.select(torch.select(cache, 0, layer), 0, 0)
      values = torch.select(torch.select(cache, 0, layer), 0, 1)
      torch.index_put_(keys, index, torch.narrow(turned, 1, self.heads, self.key_value_heads))
      torch.index_put_(values, index, torch.narrow(split, 1, self.heads + self.key_value_heads, self.key_value_heads))
      # The queries that share a key stand one under the other, so that no key is copied.
      query = torch.reshape(torch.narrow(turned, 1, 0, self.heads), [batch, self.key_value_heads, -1, self.head_dim])
      key = torch.narrow(torch.narrow(keys, 0, 0, batch), 2, 0, length)
      value = torch.narrow(torch.narrow(values, 0, 0, batch), 2, 0, length)
      seen = wide_seen
      if self.windows[layer] > 0:
        seen = narrow_seen
      mixed = torch.scaled_dot_product_attention(query, key, value, seen, scale=self.score_scale)
      x = self.finish(x, torch.reshape(mixed, [batch, -1]), weights, first)
    return self.output(self.norm(x, weights[2]), weights)
