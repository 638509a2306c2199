package athanor.tinybase.judge;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.tinybase.world.Pixels;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks at pictures of any size. Not thread safe: one thread at a time. */
public final class Judge implements AutoCloseable {

    private static final String SHIPPED = "judge.safetensors";
    /** The judge sees every picture with its shorter side at 64 pixels. */
    private static final int SIDE = 64;

    private static final int BATCH = 32;

    private final JudgeProgram network = new JudgeProgram();
    private final float[] parameters;
    private final TorchProgram program;
    private final NDArray flat;

    Judge(float[] parameters) {
        this.parameters = parameters;
        this.program = TorchProgram.load(network.text(), Device.cpu());
        this.flat = program.manager().create(parameters);
    }

    /** @return the judge that comes with the project */
    public static Judge shipped() {
        try (InputStream in = Judge.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is not on the class path; make it: ./athanor judge");
            }
            return of(SafetensorsFile.of(SHIPPED, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param file as {@link #write} wrote it */
    static Judge read(Path file) throws SafetensorsException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return of(tensors);
        }
    }

    private static Judge of(SafetensorsFile file) throws SafetensorsException {
        ParameterTable table = new JudgeProgram().parameters();
        float[] parameters = new float[table.totalElements()];
        for (var entry : table.offsets().entrySet()) {
            float[] values = file.floats(entry.getKey()).values();
            System.arraycopy(values, 0, parameters, entry.getValue(), values.length);
        }
        return new Judge(parameters);
    }

    /** Writes the parameters in half precision. */
    void write(Path file, String origin) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("made-by", origin);
        ParameterTable table = network.parameters();
        table.offsets().forEach((name, offset) -> {
            long[] shape = Arrays.stream(table.shape(name)).asLongStream().toArray();
            float[] values = Arrays.copyOfRange(parameters, offset, offset + table.elements(name));
            writer.add(name, shape, values, Dtype.F16);
        });
        writer.write(file);
    }

    public Observation look(BufferedImage picture) {
        return look(List.of(picture)).get(0);
    }

    /** @param pictures may differ in size */
    public List<Observation> look(List<BufferedImage> pictures) {
        List<Observation> observations = new ArrayList<>();
        for (int start = 0; start < pictures.size(); ) {
            BufferedImage first = pictures.get(start);
            int end = start;
            while (end < pictures.size()
                    && end - start < BATCH
                    && pictures.get(end).getWidth() == first.getWidth()
                    && pictures.get(end).getHeight() == first.getHeight()) {
                end++;
            }
            observations.addAll(lookAtEqualSizes(pictures.subList(start, end)));
            start = end;
        }
        return observations;
    }

    private List<Observation> lookAtEqualSizes(List<BufferedImage> pictures) {
        int width = pictures.get(0).getWidth();
        int height = pictures.get(0).getHeight();
        double scale = (double) SIDE / Math.min(width, height);
        int seenWidth = (int) Math.round(width * scale / JudgeNetwork.STRIDE) * JudgeNetwork.STRIDE;
        int seenHeight = (int) Math.round(height * scale / JudgeNetwork.STRIDE) * JudgeNetwork.STRIDE;
        float[] planes = new float[pictures.size() * 3 * seenWidth * seenHeight];
        for (int i = 0; i < pictures.size(); i++) {
            float[] one = Pixels.toPlanes(scaled(pictures.get(i), seenWidth, seenHeight));
            System.arraycopy(one, 0, planes, i * one.length, one.length);
        }
        try (NDManager scratch = program.manager().newSubManager()) {
            NDArray x = scratch.create(planes, new Shape(pictures.size(), 3, seenHeight, seenWidth));
            float[] answers =
                    program.call(scratch, "look", flat, x).singletonOrThrow().toFloatArray();
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                int length = answers.length / pictures.size();
                observations.add(new Answers(
                                Arrays.copyOfRange(answers, i * length, (i + 1) * length),
                                seenWidth / JudgeNetwork.STRIDE,
                                seenHeight / JudgeNetwork.STRIDE)
                        .inPicture(width, height));
            }
            return observations;
        }
    }

    /** Halves as often as it can, so that every pixel counts, and interpolates the rest. */
    private static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage current = picture;
        while (current.getWidth() != width || current.getHeight() != height) {
            int nextWidth = current.getWidth() >= 2 * width ? current.getWidth() / 2 : width;
            int nextHeight = current.getHeight() >= 2 * height ? current.getHeight() / 2 : height;
            BufferedImage next = new BufferedImage(nextWidth, nextHeight, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = next.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(current, 0, 0, nextWidth, nextHeight, null);
            g.dispose();
            current = next;
        }
        return current;
    }

    @Override
    public void close() {
        program.close();
    }
}
