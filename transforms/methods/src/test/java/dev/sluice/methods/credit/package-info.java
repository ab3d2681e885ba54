@NullMarked
package dev.sluice.methods.credit;

import org.jspecify.annotations.NullMarked;
