package dev.sluice.parts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a part comes from. {@code sluice methods} and the pages of methods are printed from it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Method {
  /** The method's name in the field, such as {@code Soft overlong punishment}. */
  String name();

  /** Short title, identifier and equation of the source; empty for what needs none. */
  String paper() default "";

  /** What is computed, as a formula; empty if the sentence of the kind says it all. */
  String formula() default "";

  /** The arXiv identifiers that the method is taken from, for the page of papers. */
  String[] papers() default {};

  /** Where the part departs from its paper, as a sentence; empty if it does not. */
  String departs() default "";
}
