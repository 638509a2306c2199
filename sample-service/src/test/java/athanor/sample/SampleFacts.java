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
import athanor.store.CheckpointFolder;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events as the other services send them, with their objects in the store. */
record SampleFacts(ObjectStore store, RunId run, String baseModel) {

    static final Size SIZE = new Size(32, 32);

    Recipe recipe() {
        return Recipe.defaults(baseModel, "woman")
                .with("training.steps", "10")
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
        return new LoraTrained(
                run, "anna", 1, wanted.training().steps(), lora, List.of(SIZE), 0.1, 0.1, 1, wanted, Instant.now());
    }

    /** A checkpoint that train-service left on the way to the LoRA. */
    ObjectRef checkpoint(int step) {
        CheckpointFolder folder = new CheckpointFolder(run, 1, step);
        ObjectRef lora = store.put(folder.lora(), RandomBase.lora(Map.of()), "application/octet-stream");
        store.put(folder.commit(), "{}".getBytes(StandardCharsets.UTF_8), "application/json");
        return lora;
    }

    /** One that was trained long enough to be measured. */
    LoraTrained trainedLong() {
        return trained(recipe().with("training.steps", "400"));
    }

    /** What preprocess-service left of the run: one green instance picture. */
    void prepared() {
        BufferedImage green = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 32 * 32; i++) {
            green.setRGB(i % 32, i / 32, Color.GREEN.getRGB());
        }
        prepared(Pixels.png(green));
    }

    /** The same of so many pictures, each of another green. */
    void prepared(int count) {
        List<byte[]> files = new ArrayList<>();
        Random random = new Random(5);
        for (int n = 0; n < count; n++) {
            BufferedImage green = new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR);
            for (int i = 0; i < 32 * 32; i++) {
                green.setRGB(i % 32, i / 32, new Color(0, 128 + random.nextInt(128), 10 * n).getRGB());
            }
            files.add(Pixels.png(green));
        }
        prepared(files.toArray(byte[][]::new));
    }

    /** The same with whatever somebody put into the store. */
    void prepared(byte[]... files) {
        List<PreparedPicture> pictures = new ArrayList<>();
        for (byte[] file : files) {
            ObjectRef picture = store.put(
                    ObjectKeys.preparedPicture(
                            run, Integer.toString(pictures.size()).repeat(64)),
                    file,
                    "image/png");
            pictures.add(new PreparedPicture(picture, "a photo of a sks woman", SIZE, SIZE, 0, 0, 1, false, null));
        }
        PreparedDataset dataset =
                new PreparedDataset(run, new TrainingPlan(SIZE, List.of(), List.of()), pictures, List.of());
        store.put(ObjectKeys.preparedDataset(run), Json.bytes(dataset), "application/json");
    }
}
