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
import java.util.function.UnaryOperator;

/** Pictures of one size as the arrays of one forward pass. */
final class MicroBatch {

    /**
     * One picture with everything that was drawn for it.
     *
     * @param noise with the offset
     * @param offset of each channel; empty where there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(
            CachedExample picture,
            boolean isClass,
            float[] latent,
            float[] noise,
            float[] offset,
            int timestep,
            String caption,
            int dropoutSeed) {

        Row withoutOffset() {
            float[] plain = noise.clone();
            int pixels = offset.length == 0 ? 1 : noise.length / offset.length;
            for (int i = 0; i < plain.length && offset.length > 0; i++) {
                plain[i] -= offset[i / pixels];
            }
            return new Row(picture, isClass, latent, plain, new float[0], timestep, caption, dropoutSeed);
        }

        Row withoutMask() {
            return new Row(picture.withoutMask(), isClass, latent, noise, offset, timestep, caption, dropoutSeed);
        }

        Row withWholeCaption() {
            String whole = picture.example().caption();
            return new Row(picture, isClass, latent, noise, offset, timestep, whole, dropoutSeed);
        }

        Row withOtherDropout() {
            return new Row(picture, isClass, latent, noise, offset, timestep, caption, dropoutSeed ^ 1);
        }
    }

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
        add(picture, isClass, timestep, dropout.of(picture.example().caption(), random), random);
    }

    /** With its whole caption, to be compared with itself later. */
    void addAt(int timestep, CachedExample picture, boolean isClass, Random random) {
        add(picture, isClass, timestep, picture.example().caption(), random);
    }

    private void add(CachedExample picture, boolean isClass, int timestep, String caption, Random random) {
        float[] latent = picture.sample(random, vae);
        float[] noise = StepRandom.gaussians(random, latent.length);
        float[] offset = offset(noise, picture.latentWidth() * picture.latentHeight(), random);
        int dropoutSeed = random.nextInt(Integer.MAX_VALUE); // last, so that dropout changes no other draw
        rows.add(new Row(picture, isClass, latent, noise, offset, timestep, caption, dropoutSeed));
    }

    /** One number for a whole channel, so that brightness can be learnt too (Guttenberg 2023). */
    private float[] offset(float[] noise, int pixels, Random random) {
        double deviation = settings.objective().noiseOffset();
        if (deviation == 0) {
            return new float[0];
        }
        float[] shifts = new float[noise.length / pixels];
        for (int channel = 0; channel < shifts.length; channel++) {
            float shift = (float) (deviation * random.nextGaussian());
            shifts[channel] = shift;
            for (int i = channel * pixels; i < (channel + 1) * pixels; i++) {
                noise[i] += shift;
            }
        }
        return shifts;
    }

    /** The same draws with something changed about each picture. */
    MicroBatch with(UnaryOperator<Row> change) {
        MicroBatch other = new MicroBatch(settings, schedule, prediction, vae);
        rows.forEach(row -> other.rows.add(change.apply(row)));
        return other;
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
        return terms(instances, classPictures, settings.objective());
    }

    /** The same under another objective. */
    NoiseTerms terms(int instances, int classPictures, TrainingSettings.Objective objective) {
        NoiseTerms terms = new NoiseTerms(rows.size());
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
