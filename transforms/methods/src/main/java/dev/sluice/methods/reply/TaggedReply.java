package dev.sluice.methods.reply;

import dev.sluice.methods.text.TaggedFormat;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Kind;

/** A solution in tags, which fails the format gate in any other form. */
@Kind(
    value = "tagged",
    doc =
        "A solution written in `<think>`, `<step>` and `<answer>` tags with one `\\boxed{}`. Any other form fails the format gate.")
@Method(
    name = "Tagged solution",
    paper = "SPARK stepwise, arXiv 2512.03244",
    formula = "gate = the tagged form and the gate of the problem's form",
    papers = "2512.03244")
@CanRead(Reads.SOLUTION)
public record TaggedReply() implements ReplyParser {

  @Override
  public Reading read(CharSequence reply, int steps) {
    return Reading.NOTHING;
  }

  @Override
  public boolean gate(String reply) {
    return TaggedFormat.gate(reply);
  }
}
