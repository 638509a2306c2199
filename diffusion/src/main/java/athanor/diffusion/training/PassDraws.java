package athanor.diffusion.training;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Everything random of a forward pass, drawn while the pass before is computed: a card would wait for the noise of a large
 * picture. A function of the pass's number alone.
 */
final class PassDraws {

    private final NoiseDraws noise;
    private final BatchOrder order;
    private final StepRandom random;
    private CompletableFuture<List<MicroBatch>> next;

    /** Which pass {@link #next} is. */
    private long nextPass;

    /** @param first pass that will be asked for, from 0 */
    PassDraws(NoiseDraws noise, BatchOrder order, StepRandom random, long first) {
        this.noise = noise;
        this.order = order;
        this.random = random;
        this.next = begun(first);
    }

    /** The micro-batches of a pass; those of the pass after it are begun. A step that failed asks for the same pass again. */
    List<MicroBatch> of(long pass) {
        List<MicroBatch> batches = pass == nextPass ? next.join() : microBatches(pass);
        next = begun(pass + 1);
        return batches;
    }

    private CompletableFuture<List<MicroBatch>> begun(long pass) {
        nextPass = pass;
        return CompletableFuture.supplyAsync(() -> microBatches(pass));
    }

    /** One micro-batch where instances and class pictures have one size, else two. */
    private List<MicroBatch> microBatches(long passNumber) {
        BatchOrder.Pass pass = order.pass(passNumber);
        MicroBatch instances = noise.newBatch();
        for (int i = 0; i < pass.instances().size(); i++) {
            instances.add(pass.instances().get(i), false, random.at(StepRandom.Purpose.INSTANCE, passNumber, i));
        }
        if (pass.classPictures().isEmpty()) {
            return List.of(instances);
        }
        CachedExample instance = pass.instances().get(0);
        CachedExample other = pass.classPictures().get(0);
        boolean oneSize =
                instance.latentWidth() == other.latentWidth() && instance.latentHeight() == other.latentHeight();
        MicroBatch classPictures = oneSize ? instances : noise.newBatch();
        for (int i = 0; i < pass.classPictures().size(); i++) {
            classPictures.add(
                    pass.classPictures().get(i), true, random.at(StepRandom.Purpose.CLASS_PICTURE, passNumber, i));
        }
        return oneSize ? List.of(instances) : List.of(instances, classPictures);
    }
}
