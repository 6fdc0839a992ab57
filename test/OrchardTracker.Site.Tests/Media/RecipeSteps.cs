using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Recipes.Models;
using OrchardCore.Recipes.Services;
using OrchardTracker.Site.Tests.Hosting;

namespace OrchardTracker.Site.Tests.Media;

internal static class RecipeSteps
{
    /// <summary>Runs one step of a recipe, given as JSON.</summary>
    public static Task RunStepAsync(this TestSite site, string json) => site.InBackgroundAsync(async services =>
    {
        var step = (JsonObject)JsonNode.Parse(json)!;
        var context = new RecipeExecutionContext { Name = step["name"]!.GetValue<string>(), Step = step, RecipeDescriptor = new RecipeDescriptor() };
        foreach (var handler in services.GetServices<IRecipeStepHandler>())
        {
            await handler.ExecuteAsync(context);
        }

        Assert.Empty(context.Errors);
    });
}
