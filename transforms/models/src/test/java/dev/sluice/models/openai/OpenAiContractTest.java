package dev.sluice.models.openai;

import dev.sluice.models.Endpoint;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.LanguageModelContract;
import dev.sluice.models.scripted.ScriptedLanguageModel;
import dev.sluice.models.scripted.ScriptedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract, against a server whose samples follow their own seeds. */
class OpenAiContractTest {

  abstract static class Contract extends LanguageModelContract {
    private final Endpoint endpoint;
    private final ScriptedServer server =
        ScriptedServer.of(
                new ScriptedLanguageModel(
                    "scripted",
                    "1",
                    (prompt, sampling, index, seed) ->
                        prompt + "=" + (sampling.greedy() ? 0 : seed) + "\nabcd#"))
            .takingSamples(1);

    Contract(Endpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    protected LanguageModel open() {
      return new OpenAiModels().open(Specs.of(server.url(), endpoint), Session.alone());
    }

    @Override
    protected String tooLong() {
      return "1".repeat(5000);
    }

    @AfterEach
    void stop() {
      server.close();
    }
  }

  @Nested
  class Chat extends Contract {
    Chat() {
      super(Endpoint.CHAT);
    }
  }

  @Nested
  class Completions extends Contract {
    Completions() {
      super(Endpoint.COMPLETIONS);
    }
  }
}
