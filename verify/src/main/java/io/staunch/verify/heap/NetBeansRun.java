package io.staunch.verify.heap;

import java.io.File;
import java.io.IOException;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/// NetBeans' profiler library on a dump: the biggest objects by retained size. `NetBeansRun DUMP COUNT`.
public final class NetBeansRun {
    private NetBeansRun() {}

    public static void main(String[] args) throws IOException {
        Heap heap = HeapFactory.createHeap(new File(args[0]));
        for (Object one : heap.getBiggestObjectsByRetainedSize(Integer.parseInt(args[1]))) {
            Instance instance = (Instance) one;
            System.out.printf(
                    "0x%x %s %d%n",
                    instance.getInstanceId(), instance.getJavaClass().getName(), instance.getRetainedSize());
        }
    }
}
