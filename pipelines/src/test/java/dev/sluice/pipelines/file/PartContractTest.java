package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Method;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.parts.Golden;
import dev.sluice.records.config.Kind;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every part of every port promises, whoever added it. */
class PartContractTest {

  static Stream<Arguments> parts() {
    List<Arguments> all = new ArrayList<>();
    for (Class<?> port : Registry.get().ports()) {
      Registry.get()
          .parts(port)
          .forEach((word, part) -> all.add(Arguments.of(port.getSimpleName(), word, port, part)));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("parts")
  void part_saysWhatItIs(String name, String word, Class<?> port, Class<? extends Record> part) {
    Kind kind = Objects.requireNonNull(part.getAnnotation(Kind.class));
    assertThat(kind.value()).isEqualTo(word).matches("[a-z][a-z0-9_]*");
    assertThat(kind.doc()).endsWith(".");
    assertThat(port.getAnnotation(Port.class).value()).isNotBlank();
    for (Shape.Field field : Shape.fields(part)) {
      assertThat(field.key().value()).as(field.name()).matches("(?s).*[.)`]");
    }
    Method method = part.getAnnotation(Method.class);
    if (port.getName().startsWith("dev.sluice.methods.")) {
      assertThat(method).as("a method names what it computes").isNotNull();
      assertThat(method.name()).isNotBlank();
      assertThat(method.formula()).isNotBlank();
      for (String paper : method.papers()) {
        assertThat(paper).matches("\\d{4}\\.\\d{4,5}");
        assertThat(method.paper()).contains(paper);
      }
    }
  }

  /** What a part writes is read as the same part, and its version is at least 1. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("parts")
  void part_isReadAsItWasWritten(
      String name, String word, Class<?> port, Class<? extends Record> part) {
    Record one =
        Golden.find(port, word)
            .map(golden -> (Record) PartText.read(cast(port), golden.config()))
            .orElseGet(() -> PartText.standIn(port, word));
    assertThat(PartText.<Object>read(cast(port), PartText.write(port, one))).isEqualTo(one);
    if (one instanceof Part itself) {
      assertThat(itself.version()).isPositive();
      assertThat(itself.name()).isEqualTo(word);
    }
  }

  /** Ports without a suite of their own have no folder, and a test's own parts no file. */
  static Stream<Arguments> methodsOfTheProduct() {
    return parts()
        .filter(
            arguments -> {
              Class<?> port = (Class<?>) arguments.get()[2];
              Class<?> part = (Class<?>) arguments.get()[3];
              return port.getName().startsWith("dev.sluice.methods.")
                  && part.getName().startsWith("dev.sluice.")
                  && Files.isDirectory(Golden.folder(port));
            });
  }

  /** Input, expected output and where the numbers come from. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("methodsOfTheProduct")
  void methodOfTheProduct_hasAGoldenFile(
      String name, String word, Class<?> port, Class<? extends Record> part) {
    assertThat(Golden.find(port, word)).isPresent();
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> cast(Class<?> port) {
    return (Class<Object>) port;
  }
}
