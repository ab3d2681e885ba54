package dev.sluice.runners;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.file.pages.JsonSchema;
import dev.sluice.pipelines.file.pages.KeyReferencePage;
import dev.sluice.pipelines.file.pages.ListedMethod;
import dev.sluice.pipelines.file.pages.MethodsPage;
import dev.sluice.pipelines.file.pages.MetricsPage;
import dev.sluice.pipelines.file.pages.Paper;
import dev.sluice.pipelines.file.pages.PapersPage;
import dev.sluice.pipelines.file.pages.Recipe;
import dev.sluice.pipelines.file.pages.RecipesPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is generated from the config records and committed must be what they say today. */
class GeneratedFilesTest {
  private static final Path TOP = Path.of("..");
  private final Registry registry =
      Guice.createInjector(new SluiceModule()).getInstance(Registry.class);

  @Test
  void theSchemaThatEditorsReadIsTheOneOfTheProgram() throws IOException {
    compare(TOP.resolve("configs/schema/pipeline.schema.json"), JsonSchema.of(registry));
  }

  @Test
  void theReferenceOfTheFileIsTheOneOfTheProgram() throws IOException {
    compare(TOP.resolve("docs/spec/pipeline-file.md"), KeyReferencePage.markdown(registry));
  }

  @Test
  void metricsPage_isTheOneOfTheDefinitions() throws IOException {
    compare(TOP.resolve("docs/metrics.md"), MetricsPage.markdown(registry));
  }

  @Test
  void methodsPage_isTheOneOfTheParts() throws IOException {
    compare(TOP.resolve("docs/spec/methods.md"), MethodsPage.markdown(registry));
  }

  @Test
  void papersPage_isTheOneOfTheList() throws IOException {
    compare(TOP.resolve("docs/papers.md"), PapersPage.markdown());
  }

  @Test
  void everyLinkOfThePageOfPapers_leadsToAFileOrAnAnchor() {
    Path page = TOP.resolve("docs/papers.md");
    Matcher links = Pattern.compile("\\]\\(([^)]+)\\)").matcher(PapersPage.markdown());
    String methods = MethodsPage.markdown(registry);
    int checked = 0;
    while (links.find()) {
      String link = links.group(1);
      if (link.startsWith("https://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      assertThat(page.resolveSibling(parts[0])).as(link).exists();
      if (parts.length > 1) {
        assertThat(methods).as(link).contains("<a id=\"%s\"></a>".formatted(parts[1]));
      }
      checked++;
    }
    assertThat(checked).isPositive();
  }

  @Test
  void recipesPage_isTheOneOfTheFiles() throws IOException {
    List<Recipe> recipes = Recipe.in(TOP.resolve("configs/recipes"));
    compare(TOP.resolve("docs/recipes.md"), RecipesPage.markdown(recipes));
    for (Recipe recipe : recipes) {
      assertThat(recipe.does()).as(recipe.file()).isNotBlank();
    }
  }

  /** A paper names the recipes that name it. */
  @Test
  void everyRecipeOfAPaper_isNamedByBoth() throws IOException {
    for (Recipe recipe : Recipe.in(TOP.resolve("configs/recipes"))) {
      for (Paper paper : Paper.all()) {
        assertThat(paper.recipes().contains("configs/recipes/" + recipe.file()))
            .as("%s, %s", recipe.file(), paper.title())
            .isEqualTo(recipe.arxiv().contains(paper.arxiv()));
      }
    }
  }

  @Test
  void everyPaper_worksOrSaysWhatIsMissing() {
    List<ListedMethod> methods = ListedMethod.all();
    Set<String> names =
        methods.stream().map(each -> each.method().name()).collect(Collectors.toSet());
    List<Paper> papers = Paper.all();
    assertThat(papers).extracting(Paper::title).doesNotHaveDuplicates();
    assertThat(papers).extracting(Paper::url).doesNotHaveDuplicates();
    for (Paper paper : papers) {
      assertThat(paper.url()).as(paper.title()).startsWith("https://");
      assertThat(paper.idea()).as(paper.title()).endsWith(".");
      assertThat(names).as(paper.title()).containsAll(paper.methods());
      switch (paper.state(methods)) {
        case WHOLE -> {
          assertThat(paper.methods(methods)).as(paper.title() + ": methods").isNotEmpty();
          assertThat(paper.recipes()).as(paper.title() + ": files").isNotEmpty();
        }
        case PART, NONE -> assertThat(paper.missing()).as(paper.title()).endsWith(".");
      }
    }
  }

  @Test
  void everyConfigHasNoMistake() throws IOException {
    try (Stream<Path> files = Files.walk(TOP.resolve("configs"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        Map<String, String> parameters = new HashMap<>();
        for (String name : List.of("data", "gsm8k", "model")) {
          if (Files.readString(file).contains("${param.%s}".formatted(name))) {
            parameters.put(name, "some.jsonl");
          }
        }
        LoadResult loaded = PipelineFile.load(file, parameters, List.of(), Map.of(), registry);
        assertThat(loaded.mistakes()).as(file.toString()).isEmpty();
      }
    }
  }

  private static void compare(Path file, String generated) throws IOException {
    String expected = generated.endsWith("\n") ? generated : generated + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s is generated; './dev golden --update' writes it anew", file)
        .isEqualTo(expected);
  }
}
