/** Kills runs at random moments and looks whether anything was lost or done twice. */
@org.jspecify.annotations.NullMarked
package dev.sluice.runners.chaos;
