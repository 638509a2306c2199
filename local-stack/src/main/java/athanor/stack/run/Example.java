package athanor.stack.run;

import athanor.contracts.recipe.Recipe;
import athanor.stack.client.PhotographFolder;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Pictures of one drawn subject that is not in the tiny base's world, with {@code example.properties} beside them: base,
 * trigger, class noun, and {@code set.KEY} for whatever of the recipe is different.
 */
public record Example(Path folder, Properties entries) {

    private static final String FILE = PhotographFolder.DESCRIPTION;
    private static final String CHANGE = "set.";

    /** @param name of a folder in {@code examples} */
    public static Example find(Path examples, String name) {
        try (Stream<Path> folders = Files.list(examples)) {
            List<Path> found = folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .sorted()
                    .toList();
            Path folder = found.stream()
                    .filter(candidate -> candidate.endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new StackProblem("there is no example '%s'; there are %s"
                            .formatted(
                                    name, found.stream().map(Path::getFileName).toList())));
            return read(folder);
        } catch (IOException e) {
            throw new StackProblem(
                    "the example pictures are not at %s: run ./athanor from the project's own folder"
                            .formatted(examples),
                    e);
        }
    }

    /** What the pictures in any folder are examples of; nothing where its owner wrote no such file. */
    public static Optional<Example> in(Path folder) {
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(folder));
        } catch (IOException | IllegalArgumentException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(folder.resolve(FILE), e.getMessage()), e);
        }
    }

    private static Example read(Path folder) throws IOException {
        Properties entries = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(FILE))) {
            entries.load(reader);
        }
        return new Example(folder, entries);
    }

    public Optional<String> trigger() {
        return Optional.ofNullable(entries.getProperty("trigger"));
    }

    public Optional<String> classNoun() {
        return Optional.ofNullable(entries.getProperty("class-noun"));
    }

    public String name() {
        return entries.getProperty("name", folder.getFileName().toString());
    }

    /** What is learnt and what holds the class follows what is said of the subject, unless that is said too. */
    public Recipe recipe() {
        Recipe recipe = Recipe.defaults(entries.getProperty("base", "tiny"), required("class-noun"))
                .with("subject.trigger", required("trigger"));
        Recipe chosen = changed(recipe, key -> key.startsWith("subject.")).withChoicesForSubject();
        return changed(chosen, key -> !key.startsWith("subject."));
    }

    private Recipe changed(Recipe recipe, Predicate<String> which) {
        Recipe changed = recipe;
        for (String entry : entries.stringPropertyNames()) {
            if (entry.startsWith(CHANGE) && which.test(entry.substring(CHANGE.length()))) {
                changed = changed.with(entry.substring(CHANGE.length()), entries.getProperty(entry));
            }
        }
        return changed;
    }

    private String required(String key) {
        String value = entries.getProperty(key);
        if (value == null) {
            throw new StackProblem("%s has no %s".formatted(folder.resolve(FILE), key));
        }
        return value;
    }
}
