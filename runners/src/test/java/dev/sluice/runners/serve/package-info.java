/** Tests of the daemon's runs. */
@NullMarked
package dev.sluice.runners.serve;

import org.jspecify.annotations.NullMarked;
