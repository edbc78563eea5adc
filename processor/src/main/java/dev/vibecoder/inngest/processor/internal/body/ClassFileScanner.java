package dev.vibecoder.inngest.processor.internal.body;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Looks at the code in a class file. */
final class ClassFileScanner extends ClassVisitor {
  private static final int API = Opcodes.ASM9;
  private static final String GENERATED = "Ldev/vibecoder/inngest/annotation/InngestGenerated;";
  private static final String EVENT_TYPE = "Ldev/vibecoder/inngest/EventType;";

  private final ClassBody body = new ClassBody();
  private boolean generated;

  private ClassFileScanner() {
    super(API);
  }

  /**
   * What a class file says.
   *
   * @param generated whether this processor generated the class
   */
  record Scanned(ClassBody body, boolean generated) {}

  /** Reads a class file of any version: what is looked at is in all of them. */
  static Scanned scan(byte[] file) {
    byte[] readable = file.clone();
    if (readable.length > 8) {
      // The library refuses versions that came after it.
      readable[6] = 0;
      readable[7] = (byte) Opcodes.V17;
    }
    ClassFileScanner scanner = new ClassFileScanner();
    new ClassReader(readable).accept(scanner, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new Scanned(scanner.body, scanner.generated);
  }

  @Override
  public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    generated |= descriptor.equals(GENERATED);
    return null;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    // A bridge calls what it stands for; no source does.
    return (access & Opcodes.ACC_BRIDGE) != 0 ? null : new Code(body, body.stretch());
  }

  private static final class Code extends MethodVisitor {
    private final ClassBody body;
    private final List<TypeUse> stretch;

    Code(ClassBody body, List<TypeUse> stretch) {
      super(API);
      this.body = body;
      this.stretch = stretch;
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (opcode == Opcodes.GETSTATIC && name.equals("TYPE") && descriptor.equals(EVENT_TYPE)) {
        stretch.add(new TypeUse.Named(new Mention.ByClass(List.of(type(owner)))));
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      body.called(name, List.of(type(owner)));
      ClassBody.taken(name, stretch);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          body.called(handle.getName(), List.of(type(handle.getOwner())));
        }
      }
    }

    private static String type(String internalName) {
      return internalName.replace('/', '.');
    }
  }
}
