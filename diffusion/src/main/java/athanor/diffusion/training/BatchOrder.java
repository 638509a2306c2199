package athanor.diffusion.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures a forward pass sees: instances of one size, each once an epoch in an order of its own, and as many class
 * pictures, of the same size where there are any. An instance that has a class picture of its own is seen beside that one, and
 * only with others whose own have one size. A function of (seed, pass) alone.
 */
final class BatchOrder {

    /** Pictures of one pass; class pictures are all of one size, which may differ from the instances'. */
    record Pass(List<CachedExample> instances, List<CachedExample> classPictures) {}

    private record Size(int width, int height) {

        static Size of(CachedExample example) {
            return new Size(example.latentWidth(), example.latentHeight());
        }
    }

    /** @param own size of the class pictures that belong to them; null where any will do */
    private record Alike(Size size, @Nullable Size own) {}

    private final Map<Alike, List<CachedExample>> instances;
    private final Map<String, CachedExample> ownClassPictures = new HashMap<>();
    private final Map<Size, List<CachedExample>> classPictures;
    private final int batchSize;
    private final int passesPerEpoch;
    private final StepRandom random;

    BatchOrder(List<CachedExample> instances, List<CachedExample> classPictures, int batchSize, StepRandom random) {
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("there is no instance picture to train on");
        }
        for (CachedExample picture : classPictures) {
            if (picture.example().source() != null) {
                ownClassPictures.put(picture.example().source(), picture);
            }
        }
        this.instances = alike(instances);
        this.classPictures = bySize(classPictures);
        this.batchSize = batchSize;
        this.passesPerEpoch = this.instances.values().stream()
                .mapToInt(list -> passes(list.size()))
                .sum();
        this.random = random;
    }

    private int passes(int pictures) {
        return (pictures + batchSize - 1) / batchSize;
    }

    private static Map<Size, List<CachedExample>> bySize(List<CachedExample> examples) {
        Map<Size, List<CachedExample>> bySize = new LinkedHashMap<>();
        for (CachedExample example : examples) {
            bySize.computeIfAbsent(Size.of(example), s -> new ArrayList<>()).add(example);
        }
        return bySize;
    }

    private Map<Alike, List<CachedExample>> alike(List<CachedExample> examples) {
        Map<Alike, List<CachedExample>> alike = new LinkedHashMap<>();
        for (CachedExample example : examples) {
            CachedExample own = ownOf(example);
            Alike key = new Alike(Size.of(example), own == null ? null : Size.of(own));
            alike.computeIfAbsent(key, s -> new ArrayList<>()).add(example);
        }
        return alike;
    }

    private @Nullable CachedExample ownOf(CachedExample instance) {
        String source = instance.example().source();
        return source == null ? null : ownClassPictures.get(source);
    }

    /** @param number counts from 0 */
    Pass pass(long number) {
        long epoch = number / passesPerEpoch;
        List<List<CachedExample>> batches = new ArrayList<>();
        int bucket = 0;
        for (List<CachedExample> pictures : instances.values()) {
            List<CachedExample> order = new ArrayList<>(pictures);
            Collections.shuffle(order, random.at(StepRandom.Purpose.ORDER_OF_INSTANCES, epoch, bucket++));
            for (int first = 0; first < order.size(); first += batchSize) {
                batches.add(wrapped(order, first, batchSize));
            }
        }
        Collections.shuffle(batches, random.at(StepRandom.Purpose.ORDER_OF_INSTANCES, epoch, -1));
        List<CachedExample> chosen = batches.get((int) (number % passesPerEpoch));
        return new Pass(chosen, classPicturesFor(number, chosen));
    }

    /** The last batch of a bucket is filled up from its beginning, so that every pass weighs the same. */
    private static List<CachedExample> wrapped(List<CachedExample> order, long first, int count) {
        List<CachedExample> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(order.get((int) ((first + i) % order.size())));
        }
        return batch;
    }

    private List<CachedExample> classPicturesFor(long number, List<CachedExample> chosen) {
        if (classPictures.isEmpty()) {
            return List.of();
        }
        List<CachedExample> own = new ArrayList<>();
        for (CachedExample instance : chosen) {
            CachedExample picture = ownOf(instance);
            if (picture != null) {
                own.add(picture);
            }
        }
        if (own.size() == chosen.size()) {
            return own;
        }
        List<CachedExample> pool = classPictures.get(Size.of(chosen.get(0)));
        if (pool == null) {
            List<List<CachedExample>> all = List.copyOf(classPictures.values());
            pool = all.get((int) (number % all.size()));
        }
        long first = number * batchSize;
        List<CachedExample> order = new ArrayList<>(pool);
        Collections.shuffle(order, random.at(StepRandom.Purpose.ORDER_OF_CLASS_PICTURES, first / pool.size(), 0));
        return wrapped(order, first % pool.size(), batchSize);
    }
}
