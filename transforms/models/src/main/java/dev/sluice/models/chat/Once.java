package dev.sluice.models.chat;

import java.util.Iterator;

/**
 * What can be walked once, as Python's generators: always true, without a length.
 *
 * @param type Python's name of it
 */
record Once(String type, Iterator<Object> items) {

  static Once generator(Iterator<Object> items) {
    return new Once("generator", items);
  }
}
