using OrchardTracker.Bench;

const string Help = """
    Measures OrchardTracker on this machine and prints tables. Compare figures of one run only.

      engine               announces per second and bytes allocated for each, by the size of the swarm,
                           through the engine and through the HTTP handler without sockets
      memory               bytes for each peer with 80,000 torrents and 800,000 peers
      hashing [megabytes]  creation of a torrent beside `openssl speed`; 1,024 MB by default
      seeder [--megabytes N]
                           MB/s and processor time of the seeder on loopback, beside aria2 and transmission-daemon, for
                           one peer and for eight; 1,000 MB by default, Linux only
      bare PORT            a bare Kestrel endpoint for bench/compare.sh, until it is stopped

    dotnet run -c Release --project bench/OrchardTracker.Bench -- engine
    """;

switch (args)
{
    case ["engine"]:
        EngineBench.Run(Console.Out);
        return 0;
    case ["memory"]:
        MemoryBench.Run(Console.Out);
        return 0;
    case ["hashing"]:
        await HashingBench.RunAsync(Console.Out, 1024);
        return 0;
    case ["hashing", var size] when int.TryParse(size, out var megabytes) && megabytes > 0:
        await HashingBench.RunAsync(Console.Out, megabytes);
        return 0;
    case ["seeder"]:
        await SeederBench.RunAsync(Console.Out, 1_000);
        return 0;
    case ["seeder", "--megabytes", var size] when int.TryParse(size, out var megabytes) && megabytes >= 100:
        await SeederBench.RunAsync(Console.Out, megabytes);
        return 0;
    case [OwnSeeder.Command, var torrent, var file]:
        await OwnSeeder.RunAsync(torrent, file);
        return 0;
    case ["bare", var number] when int.TryParse(number, out var port):
        await BareEndpoint.RunAsync(port);
        return 0;
    case [] or ["help"] or ["--help"] or ["-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine(Help);
        return 2;
}
