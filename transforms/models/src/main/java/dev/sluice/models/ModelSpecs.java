package dev.sluice.models;

import java.util.List;

/** Adds providers of models; found by {@link java.util.ServiceLoader}. */
public interface ModelSpecs {

  /** Config records that implement {@link ModelSpec}, each with its provider's name. */
  List<Class<? extends Record>> types();
}
