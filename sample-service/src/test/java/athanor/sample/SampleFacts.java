package athanor.sample;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.ClassBatch;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.dataset.PreparedPicture;
import athanor.contracts.dataset.TrainingPlan;
import athanor.contracts.events.ClassPicturesRequested;
import athanor.contracts.events.LoraTrained;
import athanor.contracts.json.Json;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.SamplerName;
import athanor.contracts.run.RunId;
import athanor.diffusion.lora.TrainingFacts;
import athanor.pictures.Pixels;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events as the other services send them, with their objects in the store. */
record SampleFacts(ObjectStore store, RunId run, String baseModel) {

    static final Size SIZE = new Size(32, 32);

    Recipe recipe() {
        return Recipe.defaults(baseModel, "woman")
                .with("samples.prompts", "")
                .with("samples.steps", "2")
                .with("samples.picturesPerPrompt", "2")
                .with("training.area", "32x32");
    }

    ClassPicturesRequested classPictures(int count) {
        return new ClassPicturesRequested(
                run,
                "anna",
                baseModel,
                "a photo of a woman",
                List.of(new ClassBatch(SIZE, count), new ClassBatch(new Size(16, 32), 1)),
                2,
                3,
                SamplerName.DDIM,
                42,
                Instant.now());
    }

    LoraTrained trained() {
        return trained(recipe());
    }

    LoraTrained trained(Recipe wanted) {
        byte[] file =
                RandomBase.lora(Map.of(TrainingFacts.TRAINED_SIZES, "32x32", TrainingFacts.FRAMINGS, "{\"HALF\":8}"));
        ObjectRef lora = store.put(ObjectKeys.lora(run, "anna"), file, "application/octet-stream");
        return new LoraTrained(run, "anna", 1, 10, lora, List.of(SIZE), 0.1, 0.1, 1, wanted, Instant.now());
    }

    /** What preprocess-service left of the run: one green instance picture. */
    void prepared() {
        BufferedImage green = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 32 * 32; i++) {
            green.setRGB(i % 32, i / 32, Color.GREEN.getRGB());
        }
        prepared(Pixels.png(green));
    }

    /** The same with whatever somebody put into the store. */
    void prepared(byte[] file) {
        ObjectRef picture = store.put(ObjectKeys.preparedPicture(run, "0".repeat(64)), file, "image/png");
        PreparedDataset dataset = new PreparedDataset(
                run,
                new TrainingPlan(SIZE, List.of(), List.of()),
                List.of(new PreparedPicture(picture, "a photo of a sks woman", SIZE, SIZE, 0, 0, 1, false, null)),
                List.of());
        store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
    }
}
