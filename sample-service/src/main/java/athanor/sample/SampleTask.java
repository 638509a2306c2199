package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.Seeds;
import athanor.contracts.run.RunId;
import java.util.List;

/**
 * Test pictures to be made.
 *
 * @param title name for people
 * @param step optimiser steps that the LoRA has seen
 * @param last whether the LoRA is finished
 * @param prompts filled in, one pair of rows each
 * @param perPrompt pictures of each prompt; their seeds count up from the recipe's
 */
record SampleTask(
        RunId runId,
        String title,
        int step,
        boolean last,
        ObjectRef lora,
        Recipe recipe,
        Size size,
        List<String> prompts,
        int perPrompt) {

    /** A finished LoRA's sheet once more, after it was measured. */
    static final String SHEET_WITH_PROOF = "contact-sheet-with-proof.png";

    SampleTask {
        prompts = List.copyOf(prompts);
    }

    SampleTask withPrompts(List<String> others) {
        return new SampleTask(runId, title, step, last, lora, recipe, size, others, perPrompt);
    }

    List<Long> seeds() {
        return Seeds.from(recipe.samples().seed(), perPrompt);
    }

    double strength() {
        return recipe.samples().strength();
    }

    /** A finished LoRA and a checkpoint of the same step are two things. */
    String sheetFile() {
        return last ? "contact-sheet.png" : "checkpoint-sheet.png";
    }

    static String announcementFile(boolean last) {
        return last ? "rendered.json" : "checkpoint-rendered.json";
    }

    String pictureFile(int prompt, long seed, boolean withLora) {
        return "%s%d-%d-%s.png".formatted(last ? "" : "checkpoint-", prompt + 1, seed, withLora ? "with" : "without");
    }
}
