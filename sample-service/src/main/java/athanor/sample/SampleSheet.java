package athanor.sample;

import athanor.contracts.recipe.Recipe;
import athanor.sample.sheet.Sheet;
import athanor.sample.sheet.SheetGroup;
import athanor.sample.sheet.SheetRow;
import athanor.sample.verdict.PromptPictures;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words and rows of a run's contact sheet. */
final class SampleSheet {

    private SampleSheet() {}

    static Sheet of(
            SampleTask task, List<BufferedImage> instances, List<PromptPictures> prompts, List<String> verdicts) {
        return of(task, instances, prompts, List.of(), verdicts);
    }

    /** @param measured rows about what the proof found, behind the pictures */
    static Sheet of(
            SampleTask task,
            List<BufferedImage> instances,
            List<PromptPictures> prompts,
            List<SheetRow> measured,
            List<String> verdicts) {
        List<SheetGroup> groups = new ArrayList<>();
        if (!instances.isEmpty()) {
            String count = instances.size() == 1 ? "1 instance picture" : instances.size() + " instance pictures";
            groups.add(new SheetGroup(false, List.of(new SheetRow("what it was shown", count, false, instances))));
        }
        for (PromptPictures pictures : prompts) {
            groups.add(pair(pictures, task.recipe().subject()));
        }
        if (!measured.isEmpty()) {
            groups.add(new SheetGroup(false, measured));
        }
        return new Sheet(task.title(), subtitle(task), task.seeds(), groups, verdicts);
    }

    private static SheetGroup pair(PromptPictures pictures, Recipe.Subject subject) {
        String quoted = "“" + pictures.prompt() + "”";
        String words = pictures.callsSubject()
                ? quoted
                : quoted + " — the trigger is not in it: still an ordinary " + subject.classNoun() + "?";
        return new SheetGroup(
                true,
                List.of(
                        new SheetRow("without the LoRA", quoted, false, pictures.without()),
                        new SheetRow("with the LoRA", words, true, pictures.with())));
    }

    private static String subtitle(SampleTask task) {
        Recipe recipe = task.recipe();
        return String.format(
                Locale.ROOT,
                "base %s · %d steps · rank %d · %s · sampler %s, %d steps, guidance %s · LoRA at strength %s",
                recipe.baseModel(),
                task.step(),
                recipe.network().rank(),
                task.size(),
                recipe.samples().sampler().name().toLowerCase(Locale.ROOT),
                recipe.samples().steps(),
                plain(recipe.samples().guidance()),
                plain(task.strength()));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
