package athanor.sample.render;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.pipeline.TextToImage;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.DiffusionModel;
import java.nio.file.Path;

/**
 * A base with its networks in memory.
 *
 * @param bytes of its weights there
 */
record LoadedBase(String name, BaseModel files, DiffusionModel model, TextToImage pipeline, long bytes)
        implements AutoCloseable {

    static LoadedBase load(String name, Path path, ComputeOptions options, long bytes) {
        BaseModel files = BaseModel.open(path);
        try {
            DiffusionModel model = DiffusionModel.load(files, options);
            return new LoadedBase(name, files, model, new TextToImage(files, model), bytes);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public void close() {
        model.close();
        files.close();
    }
}
