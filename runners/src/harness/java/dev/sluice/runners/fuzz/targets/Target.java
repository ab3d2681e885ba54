package dev.sluice.runners.fuzz.targets;

import dev.sluice.runners.fuzz.inputs.Draw;
import dev.sluice.runners.fuzz.inputs.MarkText;
import dev.sluice.runners.fuzz.inputs.Mutator;
import dev.sluice.runners.fuzz.inputs.Odd;
import dev.sluice.runners.fuzz.inputs.WideText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One reader.
 *
 * @param name as it is given on the command line
 * @param inputs what it is given: one list of ways of making them, each as likely as the others
 * @param marks what the reader looks for in a text; empty if it reads no texts of a model
 * @param refusals the exceptions with which it refuses an input; each with a message for a person
 * @param covers the classes whose lines count, such as {@code dev.sluice.models.chat.*}
 * @param uncounted methods of these classes whose lines do not count
 * @param reader opens the reader: only in the process that reads
 */
public record Target(
    String name,
    List<Function<Draw, byte[]>> inputs,
    List<String> marks,
    Set<Class<? extends Throwable>> refusals,
    List<String> covers,
    List<Uncounted> uncounted,
    Supplier<Reader> reader) {

  public Target {
    inputs = List.copyOf(inputs);
    marks = List.copyOf(marks);
    refusals = Set.copyOf(refusals);
    covers = List.copyOf(covers);
    uncounted = List.copyOf(uncounted);
  }

  /** Reads inputs. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Reads one.
     *
     * @return whether it was taken
     * @throws Exception one of the refusals; anything else is a find
     */
    boolean read(byte[] input) throws Exception;
  }

  /** Reads a text. */
  @FunctionalInterface
  public interface TextReader {
    boolean read(String input) throws Exception;
  }

  /** One input. */
  public byte[] input(long seed, long number) {
    Draw draw = Draw.of(seed, name, number);
    return draw.of(inputs).apply(draw);
  }

  /** Begins a target. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Puts a target together. */
  public static final class Builder {
    private final String name;
    private final List<Function<Draw, byte[]>> inputs = new ArrayList<>();
    private final Set<Class<? extends Throwable>> refusals = new HashSet<>();
    private final List<Uncounted> uncounted = new ArrayList<>();
    private List<String> covers = List.of();
    private List<String> marks = List.of();

    private Builder(String name) {
      this.name = name;
    }

    /** Valid inputs with changes in a few places; marks are put into them. */
    public Builder mutated(List<byte[]> valid, List<String> marks) {
      List<String> pieces = marks.isEmpty() ? Odd.MARKS : marks;
      inputs.add(new Mutator(valid, pieces.stream().map(WideText::bytes).toList())::make);
      return this;
    }

    /** The same of texts. */
    public Builder mutatedTexts(List<String> valid, List<String> marks) {
      return mutated(valid.stream().map(WideText::bytes).toList(), marks);
    }

    /** Texts of marks. */
    public Builder marks(List<String> looksFor) {
      marks = looksFor;
      return drawn(new MarkText(looksFor)::make);
    }

    /** Texts of a grammar. */
    public Builder drawn(Function<Draw, String> grammar) {
      inputs.add(draw -> WideText.bytes(grammar.apply(draw)));
      return this;
    }

    /** Bytes of a grammar. */
    public Builder drawnBytes(Function<Draw, byte[]> grammar) {
      inputs.add(grammar);
      return this;
    }

    /** An exception with which the reader refuses. */
    public Builder refuses(Class<? extends Throwable> type) {
      refusals.add(type);
      return this;
    }

    /** The classes whose lines count. */
    public Builder covers(String... classes) {
      covers = List.of(classes);
      return this;
    }

    /**
     * Methods of these classes whose lines do not count.
     *
     * @param reason why, to follow "it": such as {@code writes}
     * @param methods each with the whole name of its class
     */
    public Builder notCounted(String reason, String... methods) {
      for (String method : methods) {
        uncounted.add(Uncounted.of(method, reason));
      }
      return this;
    }

    public Target reads(Supplier<Reader> reader) {
      return new Target(name, inputs, marks, refusals, covers, uncounted, reader);
    }

    /** With a reader of texts that needs no preparation. */
    public Target readsText(TextReader reader) {
      return reads(() -> input -> reader.read(WideText.text(input)));
    }
  }
}
