package dev.sluice.parts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the interface of a kind of parts: where they act in a chain. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Port {
  /** The kind of part in one or two words, such as {@code reward term}. */
  String value();

  /** Type of the stage that uses such parts; empty for several. */
  String stage() default "";

  /** The key of that stage that holds the part, or a list of them; empty for several. */
  String key() default "";

  /**
   * What follows the word of a part in the list of methods, such as {@code reward} in {@code
   * majority_reward}; empty if the word says it alone.
   */
  String noun() default "";

  /** The key of the file whose word selects the part. */
  String selector() default "kind";
}
