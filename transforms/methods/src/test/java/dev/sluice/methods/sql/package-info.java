@NullMarked
package dev.sluice.methods.sql;

import org.jspecify.annotations.NullMarked;
