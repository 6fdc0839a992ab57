namespace OrchardTracker.Node;

internal static class WebFaults
{
    public static IResult UnusableHost() =>
        Results.Text("The address by which you came is not usable in a torrent. Come by the name or the address of this machine.\n", statusCode: StatusCodes.Status400BadRequest);
}
