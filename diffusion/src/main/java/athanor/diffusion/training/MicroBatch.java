package athanor.diffusion.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.schedule.NoiseLevel;
import athanor.diffusion.schedule.NoiseSchedule;
import athanor.diffusion.schedule.PredictionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Pictures of one size as the arrays of one forward pass. */
final class MicroBatch {

    /** One picture with everything that was drawn for it. */
    record Row(
            CachedExample picture,
            boolean isClass,
            float[] latent,
            float[] noise,
            int timestep,
            String caption,
            int dropoutSeed) {}

    private final List<Row> rows = new ArrayList<>();
    private final TrainingSettings settings;
    private final NoiseSchedule schedule;
    private final PredictionType prediction;
    private final VaeConfig vae;
    private final CaptionDropout dropout;

    MicroBatch(TrainingSettings settings, NoiseSchedule schedule, PredictionType prediction, VaeConfig vae) {
        this.settings = settings;
        this.schedule = schedule;
        this.prediction = prediction;
        this.vae = vae;
        this.dropout = CaptionDropout.of(settings);
    }

    /** @param random of this picture in this pass alone */
    void add(CachedExample picture, boolean isClass, Random random) {
        int timestep = random.nextInt(schedule.timesteps());
        String caption = dropout.of(picture.example().caption(), random);
        float[] latent = picture.sample(random, vae);
        float[] noise = StepRandom.gaussians(random, latent.length);
        offset(noise, picture.latentWidth() * picture.latentHeight(), random);
        int dropoutSeed = random.nextInt(Integer.MAX_VALUE); // last, so that dropout changes no other draw
        rows.add(new Row(picture, isClass, latent, noise, timestep, caption, dropoutSeed));
    }

    /** One number for a whole channel, so that brightness can be learnt too (Guttenberg 2023). */
    private void offset(float[] noise, int pixels, Random random) {
        double deviation = settings.objective().noiseOffset();
        if (deviation == 0) {
            return;
        }
        for (int channel = 0; channel < noise.length / pixels; channel++) {
            float shift = (float) (deviation * random.nextGaussian());
            for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
                noise[i] += shift;
            }
        }
    }

    List<Row> rows() {
        return rows;
    }

    List<String> captions() {
        return rows.stream().map(Row::caption).toList();
    }

    NDArray latents(NDManager scope) {
        return stack(scope, rows.stream().map(Row::latent).toList());
    }

    NDArray noise(NDManager scope) {
        return stack(scope, rows.stream().map(Row::noise).toList());
    }

    private NDArray stack(NDManager scope, List<float[]> parts) {
        CachedExample first = rows.get(0).picture();
        int each = parts.get(0).length;
        float[] all = new float[each * parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i), 0, all, i * each, each);
        }
        int channels = each / (first.latentWidth() * first.latentHeight());
        return scope.create(all, new Shape(parts.size(), channels, first.latentHeight(), first.latentWidth()));
    }

    /**
     * The DreamBooth objective as one weight a picture: mean over the instances plus lambda times the mean over the class
     * pictures (Ruiz et al. 2022, eq. 2), each picture by its own min-SNR weight.
     *
     * @param instances instance pictures of the whole optimiser step
     * @param classPictures class pictures of the whole optimiser step
     */
    NoiseTerms terms(int instances, int classPictures) {
        NoiseTerms terms = new NoiseTerms(rows.size());
        TrainingSettings.Objective objective = settings.objective();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            NoiseLevel level = schedule.level(row.timestep());
            double share = row.isClass() ? objective.priorWeight() / classPictures : 1.0 / instances;
            terms.set(
                    i,
                    row.timestep(),
                    level,
                    prediction,
                    share * MinSnr.weight(level, prediction, objective.minSnrGamma()));
            if (row.isClass() && objective.prior() == PriorMode.BASE_PREDICTION) {
                terms.answersAsTheBase(i);
            }
            if (objective.huber() > 0) {
                terms.huberDelta(i, huberDelta(row.timestep(), objective.huber()));
            }
        }
        return terms;
    }

    /** From 1 at the first timestep exponentially down to {@code last} at the last one. */
    private double huberDelta(int timestep, double last) {
        return Math.exp(Math.log(last) * timestep / schedule.timesteps());
    }

    /** (B, 1, h, w), or a single one where no picture has a mask. */
    NDArray mask(NDManager scope) {
        if (rows.stream().allMatch(row -> row.picture().mask() == null)) {
            return scope.create(new float[] {1}, new Shape(1, 1, 1, 1));
        }
        CachedExample first = rows.get(0).picture();
        int pixels = first.latentWidth() * first.latentHeight();
        float[] all = new float[rows.size() * pixels];
        for (int i = 0; i < rows.size(); i++) {
            float[] mask = rows.get(i).picture().mask();
            if (mask == null) {
                Arrays.fill(all, i * pixels, (i + 1) * pixels, 1f);
            } else {
                System.arraycopy(mask, 0, all, i * pixels, pixels);
            }
        }
        return scope.create(all, new Shape(rows.size(), 1, first.latentHeight(), first.latentWidth()));
    }

    /** (B). */
    NDArray dropoutSeeds(NDManager scope) {
        return scope.create(rows.stream().mapToLong(Row::dropoutSeed).toArray());
    }

    /** SDXL: original height and width, crop top and left, target height and width of each picture, (B, 6). */
    NDArray timeIds(NDManager scope) {
        float[] ids = new float[rows.size() * 6];
        for (int i = 0; i < rows.size(); i++) {
            Example example = rows.get(i).picture().example();
            Example.Geometry geometry = example.geometry();
            float[] six = {
                geometry.originalHeight(),
                geometry.originalWidth(),
                geometry.cropTop(),
                geometry.cropLeft(),
                example.height(),
                example.width()
            };
            System.arraycopy(six, 0, ids, i * 6, 6);
        }
        return scope.create(ids, new Shape(rows.size(), 6));
    }
}
