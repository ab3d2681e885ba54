package dev.sluice.jinja.value;

import java.util.Iterator;

/**
 * What can be walked once, as Python's generators: always true, without a length.
 *
 * @param type Python's name of it
 */
public record Once(String type, Iterator<Object> items) {

  public static Once generator(Iterator<Object> items) {
    return new Once("generator", items);
  }
}
