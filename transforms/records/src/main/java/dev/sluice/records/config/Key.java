package dev.sluice.records.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a pipeline file on the component of the config record that holds it. Parser,
 * JSON Schema and reference are all made from it. The key's name is the component's in snake_case.
 *
 * <p>A component is {@code boolean}, {@code int}, {@code long}, {@code double}, {@code String}, an
 * enum (written in lower case), a config record, a {@linkplain dev.sluice.parts.Port port} whose
 * parts carry {@link Kind}, a {@code List} or {@code Map<String, …>} of such, a {@code Map<String,
 * Object>} of whatever YAML can say, or the boxed form of a number, nullable where the key may be
 * absent.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /** The key names a model that generates: an entry of the file or an earlier training stage. */
  String MODEL = "model";

  /** The key names an entry that turns texts into vectors. */
  String ENCODER = "encoder";

  /** The key names a file whose bytes enter the fingerprint. */
  String FILE = "file";

  /** The key names a directory, which holds a model; or a model of the product. */
  String DIRECTORY = "directory";

  /**
   * The key names a folder that the stage writes to, outside of the workspace; relative to the
   * pipeline file, and no part of the fingerprint.
   */
  String OUTPUT = "output";

  /**
   * The key holds a block of its own file: the text in the pipeline file is that file's path, and
   * the config and the fingerprint have its content.
   */
  String CONTENT = "content";

  /** One sentence that says what the key does. */
  String value();

  /**
   * The default as YAML text ({@code "0.2"}, {@code "[]"}, {@code "{}"}). Empty: the key is
   * required, or optional without a value if the component is nullable.
   */
  String byDefault() default "";

  /** Smallest value of a number, or least number of entries of a list. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest value of a number, or greatest number of entries of a list. */
  double max() default Double.POSITIVE_INFINITY;

  /** Whether the least value is itself not allowed. */
  boolean minExclusive() default false;

  /**
   * Of a key that holds a block: the key of that block which a single word or number stands for, so
   * that {@code kl: 0.01} is {@code kl: {weight: 0.01}}. Empty: only a block is allowed.
   */
  String bare() default "";

  /**
   * Whether the block holds the keys of this part together with its own: {@code {kind: majority,
   * weight: 0.5}} holds the part's kind and what all rewards have. One component of a record at
   * most.
   */
  boolean inline() default false;

  /**
   * Whether older files write the part at this key as a word, with the keys of the part beside it:
   * {@code estimator: soft, rubric_weight: 1}. That is the same config as {@code estimator: {kind:
   * soft, rubric_weight: 1}}, and fingerprints hold the older form. In a list, a part without keys
   * is written as its word.
   */
  boolean flat() default false;

  /**
   * Whether older files write the keys of the default part at this key without its kind: {@code
   * loss: {low: 0.1}}. Fingerprints hold that form.
   */
  boolean tacit() default false;

  /** The words that a text may be; empty for any. */
  String[] choices() default {};

  /** Where the words that a text may be are listed, if they are not known beforehand. */
  Class<? extends Choices> choicesOf() default Choices.Any.class;

  /** What the text refers to: empty or one of the constants of this type. */
  String refersTo() default "";

  /**
   * Whether a model that the key names must be in this program: its weights are trained, or its
   * tokens are read. One behind a server is then a mistake.
   */
  boolean local() default false;

  /** Whether the order of the keys of the block counts, so that the fingerprint sees it. */
  boolean ordered() default false;

  /** Whether the key decides only how fast or where work is done, never which rows come out. */
  boolean tuning() default false;

  /**
   * Whether the key decides only how much is made, never what any part of it is: how many units of
   * work there are, or how many rows of each parent. It is in the fingerprint, but not in the
   * stage's part of the keys under which finished units are found again, so that more of it reuses
   * what is there. A stage whose units it does change names it among their params.
   */
  boolean incremental() default false;
}
