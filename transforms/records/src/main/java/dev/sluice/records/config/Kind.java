package dev.sluice.records.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of the key {@code kind} (or {@code provider}) that selects this record among the parts
 * of a port. The word alone stands for a block of it without other keys.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
  /** The word in the file. */
  String value();

  /** One sentence that says what the kind is. */
  String doc();

  /** Words of before that still select the record; the file that uses one is warned. */
  String[] aliases() default {};
}
