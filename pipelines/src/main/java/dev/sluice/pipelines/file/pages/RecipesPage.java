package dev.sluice.pipelines.file.pages;

import java.util.List;

/** The page of recipes, in Markdown, made from the heads of the files. */
public final class RecipesPage {
  private static final String HEAD =
      """
      # Recipes

      Small pipeline files that show one method each. They run on the built-in arithmetic world with the built-in models,
      unless the head of a file says otherwise: `./sluice run configs/recipes/dapo.yaml`. What they reach says little about
      larger models. Generated from the heads of the files; see also [papers](papers.md) and [methods](spec/methods.md).

      | file | does | calls |
      |---|---|---|
      """;

  private RecipesPage() {}

  /** The page, with a line break at the end. */
  public static String markdown(List<Recipe> recipes) {
    StringBuilder page = new StringBuilder(HEAD);
    for (Recipe recipe : recipes) {
      page.append(
          "| [%s](../configs/recipes/%s) | %s | %s |\n"
              .formatted(
                  recipe.file().replace(".yaml", ""),
                  recipe.file(),
                  cell(recipe.linked()),
                  cell(recipe.costs())));
    }
    return page.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
