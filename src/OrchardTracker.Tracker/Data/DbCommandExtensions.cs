using System.Data.Common;

namespace OrchardTracker.Tracker.Data;

internal static class DbCommandExtensions
{
    /// <summary>A command with parameters, of which SQL speaks as <c>@name</c>.</summary>
    public static DbCommand CreateCommand(
        this DbConnection connection, DbTransaction? transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
