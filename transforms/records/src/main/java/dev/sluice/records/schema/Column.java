package dev.sluice.records.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one column of a table on the component of the row's record. The column's name is the
 * component's in snake_case; its values may be null if the component is {@code Nullable}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {
  /** One sentence that says what the column holds. */
  String value();

  /** Whether values count in the digest of a row. A time, a rate or an origin does not. */
  boolean content() default true;

  /** Whether values hardly ever repeat, so that a dictionary of them is of no use. */
  boolean unique() default false;

  /**
   * Whether the table was given the column later. Files without it are read as if it held nothing,
   * and a row in which it holds nothing has the digest that it had before.
   */
  boolean added() default false;
}
