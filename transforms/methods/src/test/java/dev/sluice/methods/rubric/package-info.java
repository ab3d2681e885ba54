@NullMarked
package dev.sluice.methods.rubric;

import org.jspecify.annotations.NullMarked;
