package dev.sluice.stages;

import dev.sluice.parts.Part;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;

/**
 * What a stage reads and writes. Models that it reads are those keys of its config that {@link
 * dev.sluice.records.config.Key#refersTo refer to a model}.
 *
 * @param reads the tables that it reads, by port
 * @param writes names of the tables that it writes, the primary one first
 * @param writesModel whether it leaves a model, which later stages may name
 * @param loadsReference whether it may load reference answers and stored correctness; the columns
 *     are not even read for a stage that says no
 * @param referenceFree false if labels or rewards depend on a reference or on a grading program
 */
public record Wiring(
    List<Port> reads,
    List<String> writes,
    boolean writesModel,
    boolean loadsReference,
    boolean referenceFree)
    implements Serializable {

  public Wiring {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
  }

  /** A stage that turns tables into tables and touches no reference. */
  public static Wiring tables(List<Port> reads, String... writes) {
    return new Wiring(reads, List.of(writes), false, false, true);
  }

  /** The same with other tables that it reads. */
  public Wiring reading(List<Port> ports) {
    return new Wiring(ports, writes, writesModel, loadsReference, referenceFree);
  }

  /** The same with the model that the stage leaves. */
  public Wiring withModel() {
    return new Wiring(reads, writes, true, loadsReference, referenceFree);
  }

  /** The same for a stage that loads references for evaluation alone. */
  public Wiring evaluating() {
    return new Wiring(reads, writes, writesModel, true, referenceFree);
  }

  /** The same for a stage whose labels or rewards rest on the reference. */
  public Wiring usesReference() {
    return new Wiring(reads, writes, writesModel, true, false);
  }

  /** The same for a stage whose labels or rewards rest on a grading program. */
  public Wiring withoutReferenceFreedom() {
    return new Wiring(reads, writes, writesModel, loadsReference, false);
  }

  /**
   * The same for a stage that uses these parts: what they need decides whether references are
   * loaded and whether the run is reference-free.
   */
  public Wiring using(Collection<? extends Part> parts) {
    Wiring wiring = this;
    for (Part part : parts) {
      if (part.needs().contains(dev.sluice.parts.Need.REFERENCE)) {
        wiring = wiring.usesReference();
      }
      if (part.needs().contains(dev.sluice.parts.Need.GRADER)) {
        wiring = wiring.withoutReferenceFreedom();
      }
    }
    return wiring;
  }

  /**
   * One table that a stage reads.
   *
   * @param name the name under {@code input}
   * @param table the table's name
   * @param need how it is found where {@code input} does not name it
   * @param follows for {@link Need#FOLLOWS}: {@code PORT.THEIRS}: what the stage that fills this
   *     stage's port PORT has at its own port THEIRS
   */
  public record Port(String name, String table, Need need, String follows) implements Serializable {

    /** Found as the nearest earlier stage that writes the table; a mistake if there is none. */
    public static Port required(String table) {
      return new Port(table, table, Need.REQUIRED, "");
    }

    /** Found as the nearest earlier stage that writes the table; absent if there is none. */
    public static Port ifPresent(String table) {
      return new Port(table, table, Need.IF_PRESENT, "");
    }

    /** Absent unless {@code input} names it. */
    public static Port named(String name, String table) {
      return new Port(name, table, Need.NAMED, "");
    }

    /**
     * Every table that a stage of the file evaluates on, but those that another port reads: the
     * first at the port of this name, the second at {@code NAME_2}, and so on, in the order of the
     * file. If {@code input} names the port, it reads that stage's table alone.
     */
    public static Port evaluated(String name, String table) {
      return new Port(name, table, Need.EVALUATED, "");
    }

    /**
     * What the stage that fills another port reads at a port of its own, such as the problems that
     * labels are about ({@code step_labels.problems}); absent with that port.
     */
    public static Port following(String name, String table, String follows) {
      return new Port(name, table, Need.FOLLOWS, follows);
    }
  }

  /** How a port is filled where {@code input} does not name it. */
  public enum Need {
    /** Nearest earlier writer, or a mistake. */
    REQUIRED,
    /** Nearest earlier writer, or nothing. */
    IF_PRESENT,
    /** Nothing. */
    NAMED,
    /** What another port's stage reads. */
    FOLLOWS,
    /** All that stages of the file evaluate on. */
    EVALUATED
  }
}
