package dev.sluice.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Completion.FinishReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every provider of language models keeps, one behind a server included. */
public abstract class LanguageModelContract {
  LanguageModel model = closed();

  /** A model that answers the prompts below with at least five characters. */
  protected abstract LanguageModel open();

  /** A prompt that does not fit. */
  protected abstract String tooLong();

  /** Prompts that the model answers. */
  protected List<String> prompts() {
    return List.of("23+4-8*3:", "9*3-7+2+8-5:", "7+2*4:", "50-9-9-9:");
  }

  private static LanguageModel closed() {
    return new dev.sluice.models.scripted.ScriptedLanguageModel("closed", "0", (p, s, i, x) -> "");
  }

  @BeforeEach
  void openModel() {
    model = open();
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  List<GenerationRequest> requests(Sampling sampling, Long... seeds) {
    return prompts().stream()
        .map(prompt -> new GenerationRequest(prompt, sampling, List.of(seeds)))
        .toList();
  }

  @Test
  void saysWhatItIs() {
    assertThat(model.info().name()).isNotEmpty();
    assertThat(model.info().revision()).isNotEmpty();
    assertThat(model.info().contextLength()).isPositive();
  }

  @Test
  void answersEveryRequestInOrderWithOneCompletionForEachSeed() {
    List<GenerationRequest> requests = new ArrayList<>(requests(Sampling.at(1, 20), 1L, 2L, 3L));
    requests.add(new GenerationRequest(prompts().get(0), Sampling.at(1, 20), List.of()));
    List<Generation> generations = model.generate(requests);
    assertThat(generations).hasSameSizeAs(requests);
    for (int i = 0; i < requests.size(); i++) {
      assertThat(generations.get(i).error()).isNull();
      assertThat(generations.get(i).completions()).hasSameSizeAs(requests.get(i).seeds());
      assertThat(generations.get(i).usage().completionTokens())
          .isEqualTo(
              generations.get(i).completions().stream().mapToLong(Completion::tokenCount).sum());
    }
    assertThat(model.generate(List.of())).isEmpty();
  }

  @Test
  void repeatsItselfHoweverTheCallIsDivided() {
    List<GenerationRequest> requests = requests(Sampling.at(1, 30), 5L, 6L);
    List<Generation> together = model.generate(requests);
    for (int i = 0; i < requests.size(); i++) {
      for (int s = 0; s < 2; s++) {
        GenerationRequest one =
            new GenerationRequest(
                requests.get(i).prompt(),
                requests.get(i).sampling(),
                List.of(requests.get(i).seeds().get(s)));
        Completion alone = model.generate(List.of(one)).get(0).completions().get(0);
        assertSame(alone, together.get(i).completions().get(s));
      }
    }
  }

  private static void assertSame(Completion actual, Completion expected) {
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.tokens()).containsExactly(expected.tokens());
    assertThat(actual.logprobs()).containsExactly(expected.logprobs());
    assertThat(actual.finishReason()).isEqualTo(expected.finishReason());
  }

  @Test
  void greedyDoesNotDependOnTheSeed() {
    List<Generation> first = model.generate(requests(Sampling.at(0, 30), 1L));
    List<Generation> second = model.generate(requests(Sampling.at(0, 30), 2L));
    for (int i = 0; i < first.size(); i++) {
      assertSame(second.get(i).completions().get(0), first.get(i).completions().get(0));
    }
  }

  @Test
  void stopsAtTheMostTokens() {
    for (Generation generation : model.generate(requests(Sampling.at(1, 3), 1L, 2L))) {
      for (Completion completion : generation.completions()) {
        assertThat(completion.tokenCount()).isLessThanOrEqualTo(3);
        if (completion.finishReason() == FinishReason.LENGTH) {
          assertThat(completion.tokenCount()).isEqualTo(3);
        }
      }
    }
  }

  @Test
  void stopTextEndsACompletionAndIsLeftOut() {
    for (GenerationRequest request : requests(Sampling.at(1, 40), 3L)) {
      Completion whole = model.generate(List.of(request)).get(0).completions().get(0);
      String stop = whole.text().substring(2, 4);
      Sampling sampling = new Sampling(1, 1, 0, 40, List.of(stop, "never written"));
      Completion cut =
          model
              .generate(List.of(new GenerationRequest(request.prompt(), sampling, List.of(3L))))
              .get(0)
              .completions()
              .get(0);
      int end = whole.text().indexOf(stop);
      assertThat(cut.text()).isEqualTo(whole.text().substring(0, end));
      assertThat(cut.finishReason()).isEqualTo(FinishReason.STOP);
    }
  }

  @Test
  void aPromptThatDoesNotFitFailsAlone() {
    String tooLong = tooLong();
    Sampling sampling = Sampling.at(0, 10);
    GenerationRequest good = new GenerationRequest(prompts().get(0), sampling, List.of(1L));
    List<Generation> generations =
        model.generate(
            List.of(
                good,
                new GenerationRequest(tooLong, sampling, List.of(1L, 2L)),
                new GenerationRequest("", sampling, List.of(1L)),
                good));
    assertThat(generations.get(1).completions()).isEmpty();
    assertThat(generations.get(1).error()).contains(String.valueOf(tooLong.length()));
    assertThat(generations.get(1).failure()).extracting(Failure::retriable).isEqualTo(false);
    assertThat(generations.get(2).completions()).isEmpty();
    assertThat(generations.get(2).error()).contains("tokens");
    assertThat(generations.get(0).error()).isNull();
    assertSame(generations.get(3).completions().get(0), generations.get(0).completions().get(0));
  }

  @Test
  void servesSeveralThreadsAtOnce() throws Exception {
    List<GenerationRequest> requests = requests(Sampling.at(1, 30), 1L, 2L, 3L);
    List<Generation> expected = model.generate(requests);
    ExecutorService workers = Executors.newFixedThreadPool(3);
    try {
      Callable<List<Generation>> call = () -> model.generate(requests);
      for (Future<List<Generation>> done : workers.invokeAll(Arrays.asList(call, call, call))) {
        for (int i = 0; i < expected.size(); i++) {
          for (int s = 0; s < 3; s++) {
            assertSame(
                done.get().get(i).completions().get(s), expected.get(i).completions().get(s));
          }
        }
      }
    } finally {
      workers.shutdown();
    }
  }
}
